import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { semerCandidatures, semerVague } from '../../src/candidatures/candidatures.fixtures.ts';
import { chargerDemo } from '../../src/demo/index.ts';
import { type TestDatabase, withTestDatabase } from '../../src/platform/database/testing.ts';
import { exiger } from '../../src/platform/result.ts';
import { type Site, servir } from '../navigateur.ts';
import { type Visite, visiter } from '../visite.ts';

let base: TestDatabase;
let site: Site;
let vague: string;

beforeAll(async () => {
  base = await withTestDatabase();
  exiger(await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' }));
  vague = await semerVague(base.db, { rang: 60 });
  await semerCandidatures(base.db, vague, { nombre: 1, departements: ['02'] });
  site = await servir(base);
});
afterAll(async () => {
  await site.fermer();
  await base.close();
});

const entrer = async (courriel: string): Promise<Visite> => {
  const { rows } = await base.owner.query<{ id: string }>('select id from personne where courriel like $1', [
    courriel,
  ]);
  const visite = visiter(site);
  await visite.envoyer('/demonstration/entrer', { personne: rows[0]?.id ?? '' });
  return visite;
};

/** Sends a form with a file that holds nothing. */
const envoyerVide = async (
  visite: Visite,
  chemin: string,
  champ: string,
  champs: Readonly<Record<string, string>>,
) => {
  const corps = new FormData();
  for (const [nom, valeur] of Object.entries(champs)) corps.append(nom, valeur);
  corps.append(champ, new File([], 'vide.txt', { type: 'text/plain' }));
  const reponse = await fetch(`${site.adresse}${chemin}`, {
    method: 'POST',
    body: corps,
    headers: { Origin: site.adresse, Cookie: `maillage=${visite.secret()}` },
    redirect: 'manual',
  });
  return reponse.text();
};

describe('an applicant', () => {
  it('is told at the field what was not chosen or is empty, and afterwards what was done', async () => {
    const morgan = await entrer('morgan.petit@%');
    const commencee = await morgan.envoyer('/candidatures/nouvelle', { vague });
    const [, id] = /candidatures\/([0-9a-f-]+)/.exec(commencee.headers.get('location') ?? '') ?? [];
    const formulaire = `/candidatures/${id}/formulaire`;
    expect(await (await morgan.envoyer(`${formulaire}/pieces`, { suite: 'joindre' })).text()).toContain(
      'Choisissez d’abord un fichier',
    );
    expect(await envoyerVide(morgan, `${formulaire}/pieces`, 'pieces', { suite: 'joindre' })).toMatch(
      /vide\.txt.{1,3}: .*vide/,
    );
    expect(await (await morgan.envoyer(`${formulaire}/lieux`, { suite: 'existant' })).text()).toContain(
      'Choisissez d’abord un lieu',
    );
    const { rows } = await base.owner.query('select version from candidature where id = $1', [id]);
    const sortie = await morgan.envoyer(`/candidatures/${id}/sortie`, { version: rows[0]?.version });
    const apres = await (await morgan.lire(sortie.headers.get('location') ?? '')).text();
    expect(apres).toContain('Le brouillon est abandonné.');
    expect(apres).toContain(`/candidatures/nouvelle?vague=${vague}`);
    expect(apres).not.toContain(`/candidatures/${id}/messages`);
  });

  it('reads who is invited and has not answered, and leads to the invitation', async () => {
    const morgan = await entrer('morgan.petit@%');
    const autre = await semerVague(base.db, { rang: 61 });
    const commencee = await morgan.envoyer('/candidatures/nouvelle', { vague: autre });
    const [, id] = /candidatures\/([0-9a-f-]+)/.exec(commencee.headers.get('location') ?? '') ?? [];
    const { rows } = await base.owner.query<{ id: string }>(
      `insert into invitation (courriel, prenom, nom, role, niveau, structure_id, motif, expire_le)
       select 'andrea.neuf@gauchy.example', 'Andréa', 'Neuf', 'gestionnaire', 'structure', structure_id, 'renfort',
         now() + interval '7 days' from candidature where id = $1 returning id`,
      [id],
    );
    const equipe = await (await morgan.lire(`/candidatures/${id}/equipe`)).text();
    expect(equipe).toContain('Andréa Neuf');
    expect(equipe).toContain(`/invitations/${rows[0]?.id}`);
    expect((await morgan.lire(`/invitations/${rows[0]?.id}`)).status).toBe(200);
  });

  it('without the role is told which it is, and who gives it', async () => {
    const lou = await entrer('lou.moreau@%');
    const refus = await lou.lire(`/candidatures/nouvelle?vague=${vague}`);
    expect(refus.status).toBe(403);
    expect(await refus.text()).toMatch(/Gestionnaire de structure.*votre préfecture, de vous inviter/s);
  });
});

describe('a message of a préfecture', () => {
  it('names the file that holds nothing', async () => {
    const claude = await entrer('claude.vasseur@%');
    const { rows } = await base.owner.query<{ id: string }>(
      `select id from candidature where vague_id = $1 and statut = 'deposee'`,
      [vague],
    );
    const page = await envoyerVide(claude, `/prefecture/candidatures/${rows[0]?.id}/messages`, 'fichiers', {
      texte: 'Bonjour.',
    });
    expect(page).toMatch(/vide\.txt.{1,3}: .*vide/);
  });
});
