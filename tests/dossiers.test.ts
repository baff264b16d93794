import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { creerPortier } from '../src/acces/index.ts';
import { annoncerSeance } from '../src/candidatures/index.ts';
import { chargerDemo } from '../src/demo/index.ts';
import { composerEspace } from '../src/espace/contenu.ts';
import { etatsDuService } from '../src/espace/index.ts';
import { listMesStructures } from '../src/espace/store.ts';
import { aFaire, phrases } from '../src/main/rooms.ts';
import { endosser } from '../src/platform/database/acteur.ts';
import { connectDatabase } from '../src/platform/database/index.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { exiger } from '../src/platform/result.ts';
import { retenirStructure } from '../src/vitrine/structures.fixtures.ts';
import { ouvrirNavigateur, type Site, servir, verifierPage } from './navigateur.ts';
import { visiter } from './visite.ts';

let base: TestDatabase;
let site: Site;
/** Of a session that nobody announced: one structure in the Aisne, one in the Nord. */
let aisne: string;
let nord: string;
const seance = '2021-02-10';
const gauchy = '21020321200092';

beforeAll(async () => {
  base = await withTestDatabase();
  exiger(await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' }));
  // The first session is that in which the fixtures decide.
  await base.owner.query(`insert into seance (programme_id, date) select id, $1 from programme`, [seance]);
  const attend = { annoncee: false, postes: 3 } as const;
  aisne = await retenirStructure(base, { raisonSociale: 'ATTEND AISNE', commune: '02408', ...attend });
  nord = await retenirStructure(base, { raisonSociale: 'ATTEND NORD', commune: '59350', ...attend });
  site = await servir(base);
});
afterAll(async () => {
  await site.fermer();
  await base.close();
});

const courriels = {
  administrateur: 'camille.duval@maillage.example',
  membre: 'dominique.lemaire@maillage.example',
  agent: 'sacha.caron@prefecture.example',
  gestionnaire: 'morgan.petit@gauchy.example',
  conseiller: 'charlie.dupont@gauchy.example',
  candidat: 'lou.moreau@courriel.example',
} as const;
type Qui = keyof typeof courriels;

const entrer = async (qui: Qui) => {
  const { rows } = await base.owner.query<{ id: string }>('select id from personne where courriel = $1', [
    courriels[qui],
  ]);
  const visite = visiter(site);
  await visite.envoyer('/demonstration/entrer', { personne: rows[0]?.id ?? '' });
  return visite;
};
/** The text of a page, or its status where it is not shown. */
const lire = async (qui: Qui, adresse: string): Promise<string> => {
  const response = await (await entrer(qui)).lire(adresse);
  const texte = (await response.text()).replace(/[\u00a0\u202f]/g, ' ');
  return response.status === 200 ? texte : String(response.status);
};

describe('the page of a session', () => {
  const adresse = `/espace/seances/${seance}`;

  it('is read by the committee and the programme before anything is announced', async () => {
    for (const qui of ['membre', 'administrateur'] as const) {
      const page = await lire(qui, adresse);
      for (const dit of [
        'Attend Aisne',
        'Attend Nord',
        'à annoncer',
        'Aucune décision de cette séance n’est encore publique',
      ])
        expect(page, `${qui}: ${dit}`).toContain(dit);
    }
    expect(await lire('membre', '/espace')).toContain(`href="${adresse}"`);
  });

  it('shows a préfecture its own decisions alone, and whoever waits nothing', async () => {
    const page = await lire('agent', adresse);
    expect(page).toContain('Attend Aisne');
    expect(page).not.toContain('Attend Nord');
    expect(await lire('agent', `${adresse}/decisions.csv`)).not.toContain('Nord');
    expect(await lire('membre', `${adresse}/decisions.csv`)).toContain('Nord');
    for (const qui of ['gestionnaire', 'conseiller'] as const) expect(await lire(qui, adresse)).toBe('404');
    expect(await lire('candidat', adresse)).toBe('403');
  });

  it('cannot be asked for another scope than one’s own', async () => {
    const page = await lire('agent', `${adresse}?departement=59`);
    expect(page).not.toContain('Attend Nord');
    expect(await lire('agent', `${adresse}/decisions.csv?departement=59`)).not.toContain('Attend Nord');
  });

  it('once announced, shows a structure what concerns it', async () => {
    const page = await lire('gestionnaire', '/espace/seances/2021-03-24');
    expect(page).toContain('Tiers-lieu de Gauchy');
    expect(page).not.toContain('Bohain');
    expect(page).toContain('portent sur toute la France');
    expect(await lire('agent', '/espace/seances/2021-03-24')).not.toContain('portent sur toute la France');
  });
});

describe('the page of a structure', () => {
  it('is that of whoever looks after it, announced or not', async () => {
    for (const qui of ['agent', 'administrateur'] as const) {
      const page = await lire(qui, `/espace/structures/${aisne}`);
      expect(page).toContain('n’a pas encore de page publique');
      expect(page).toContain('10 février 2021');
    }
    expect(await lire('administrateur', `/espace/structures/${nord}`)).toContain('Attend Nord');
    expect(await lire('agent', `/espace/structures/${nord}`)).toBe('404');
    for (const id of [aisne, nord])
      expect(await lire('gestionnaire', `/espace/structures/${id}`)).toBe('404');
  });

  it('tells who acts for it, what it received and what was done, in sentences', async () => {
    const { rows } = await base.owner.query<{ id: string }>(
      'select id from structure where identifiant = $1',
      [gauchy],
    );
    const adresse = `/espace/structures/${rows[0]?.id}`;
    const agent = await entrer('agent');
    await agent.envoyer('/invitations', {
      role: 'gestionnaire',
      perimetre: gauchy,
      prenom: 'Une',
      nom: 'Invitée',
      courriel: 'une.invitee@gauchy.example',
      motif: 'Essai',
    });
    for (const qui of ['agent', 'gestionnaire'] as const) {
      const page = await lire(qui, adresse);
      for (const dit of [
        'Morgan Petit',
        'Gestionnaire de structure',
        '24 mars 2021',
        '54 805 €',
        'Une Invitée',
      ])
        expect(page, `${qui}: ${dit}`).toContain(dit);
    }
    // An announced structure of another is not one’s own.
    const autre = await base.owner.query<{ id: string }>(
      `select id from structure where identifiant = '22020002600015'`,
    );
    expect(await lire('gestionnaire', `/espace/structures/${autre.rows[0]?.id}`)).toBe('404');
    expect(await lire('gestionnaire', '/espace')).toContain(`href="${adresse}"`);
  });
});

/** What waits for somebody, in the words of their page, in its order. */
const attentes = async (qui: Qui): Promise<readonly string[]> => {
  const [, liste = ''] = /<ul class="maillage-a-faire">(.*?)<\/ul>/.exec(await lire(qui, '/espace')) ?? [];
  return [...liste.matchAll(/<li>(.*?)<\/li>/g)].map(([, item = '']) => item.replace(/<[^>]*>/g, ''));
};

describe('what waits in one’s own account', () => {
  const personne = async (qui: Qui): Promise<string> =>
    (await base.owner.query<{ id: string }>('select id from personne where courriel = $1', [courriels[qui]]))
      .rows[0]?.id ?? '';

  it('comes with its day, the most urgent first, to whoever it concerns', async () => {
    const id = await personne('conseiller');
    expect(await lire('conseiller', '/espace')).toContain('Rien ne vous attend');
    await base.owner.query(
      `insert into changement_courriel (empreinte, personne_id, courriel, expire_le)
       values ('x', $1, 'autre@gauchy.example', now() + interval '20 hours')`,
      [id],
    );
    await base.owner.query(
      `insert into second_facteur (personne_id, secret, confirme_le) values ($1, 'x', now())`,
      [id],
    );
    await base.owner.query(
      `update attribution set fin = now() + interval '10 days' where personne_id = $1 and role = 'conseiller'`,
      [id],
    );
    expect(await attentes('conseiller')).toEqual([
      expect.stringMatching(/^Nouvelle adresse électronique à confirmer.* pour (aujourd’hui|le \d)/),
      expect.stringMatching(/^1 de vos rôles se termine le \d/),
      expect.stringMatching(/^Codes de secours presque épuisés/),
    ]);
    expect((await attentes('gestionnaire')).join(), 'another’s account').not.toContain('Codes de secours');
    await base.owner.query('delete from second_facteur where personne_id = $1', [id]);
    await base.owner.query('update attribution set fin = null where personne_id = $1', [id]);
    await base.owner.query('delete from changement_courriel where personne_id = $1', [id]);
  });

  it('asks the committee for a second factor, and tells of the session to come', async () => {
    await base.owner.query(
      `with seance as (
         insert into seance (programme_id, date, statut) select id, current_date + 20, 'preparation' from programme
         returning id)
       insert into seance_membre (seance_id, personne_id, fonction)
       select seance.id, personne.id, 'membre' from seance, personne where courriel like 'dominique.lemaire@%'`,
    );
    expect(await attentes('membre')).toEqual([
      expect.stringMatching(/^1 séance du comité à venir le \d/),
      expect.stringMatching(/^Second facteur à installer/),
    ]);
    expect((await attentes('candidat')).join()).not.toContain('Second facteur');
    await base.owner.query('delete from seance_membre');
    await base.owner.query('delete from seance where date > current_date');
  });

  it('says in words what is late', async () => {
    await base.owner.query(
      `insert into revendication (structure_id, prenom, nom, courriel, fonction, courriel_confirme_le, expire_le)
       select id, 'Une', 'Demande', 'une@demande.example', 'Direction', now(), now() + interval '3 days'
       from structure where identifiant = $1`,
      [gauchy],
    );
    await base.owner.query(
      `insert into communique (departement_code, seance_id, statut, date)
       select '02', id, 'brouillon', '2021-02-12' from seance where date = $1`,
      [seance],
    );
    const listed = await attentes('agent');
    expect(listed[0]).toMatch(/^1 communiqué à écrire .* en retard depuis le 12 février 2021$/);
    expect(listed[1]).toMatch(/^1 demande d’accès à traiter pour le \d/);
  });
});

it('asks little of the database for the page of each role', async () => {
  const acces = connectDatabase(base.adresses, 'acces', 1);
  const application = connectDatabase(base.adresses, 'application', 1);
  const compter = async (qui: Qui): Promise<number> => {
    const identite = await creerPortier(acces).identifier((await entrer(qui)).secret());
    if (identite === null) throw new Error(`${qui} did not come in`);
    let queries = 0;
    await application.transaction().execute(async (transaction) => {
      await endosser(transaction, identite.personne.id, identite.habilitation?.id ?? null);
      const watched = transaction.withPlugin({
        transformQuery: ({ node }) => {
          queries += 1;
          return node;
        },
        transformResult: async ({ result }) => result,
      });
      const vu = { ...identite, visitePrecedente: '2020-01-01T00:00:00Z' };
      await composerEspace(watched, vu, { aFaire, phrases, etats: etatsDuService });
    });
    return queries;
  };
  expect(await compter('agent')).toBeLessThanOrEqual(6);
  expect(await compter('gestionnaire')).toBeLessThanOrEqual(6);
  expect(await compter('administrateur')).toBeLessThanOrEqual(9);
  await Promise.all([acces.destroy(), application.destroy()]);
});

it('keeps plans on a connection, never what the one before could see', async () => {
  const acces = connectDatabase(base.adresses, 'acces', 1);
  const application = connectDatabase(base.adresses, 'application', 1);
  const voir = async (qui: Qui): Promise<number> => {
    const identite = await creerPortier(acces).identifier((await entrer(qui)).secret());
    return application.transaction().execute(async (transaction) => {
      await endosser(transaction, identite?.personne.id ?? '', identite?.habilitation?.id ?? null);
      return (await listMesStructures(transaction, { sur: 'structures' }, 50)).total;
    });
  };
  // Beyond the fifth time, the database plans no more.
  const vus: number[][] = [];
  for (let fois = 0; fois < 8; fois += 1)
    vus.push([await voir('agent'), await voir('gestionnaire'), await voir('candidat')]);
  expect(vus).toEqual(vus.map(() => [17, 1, 0]));
  await Promise.all([acces.destroy(), application.destroy()]);
});

it('shows these pages on every screen, without a barrier, and folds the menu on a narrow one', async () => {
  const navigateur = await ouvrirNavigateur();
  for (const width of [390, 1280]) {
    const contexte = await navigateur.newContext({ viewport: { width, height: 800 } });
    const visite = await entrer('administrateur');
    await contexte.addCookies([{ name: 'maillage', value: visite.secret() ?? '', url: site.adresse }]);
    const page = await contexte.newPage();
    for (const adresse of [`/espace/seances/${seance}`, `/espace/structures/${aisne}`]) {
      await page.goto(`${site.adresse}${adresse}`);
      await verifierPage(page);
    }
    const lien = page.getByRole('link', { name: 'Invitations', exact: true });
    expect(await lien.isVisible()).toBe(width > 1000);
    if (width < 1000) {
      await page.locator('.maillage-menu summary').focus();
      await page.keyboard.press('Enter');
      await lien.waitFor({ state: 'visible' });
    }
    await contexte.close();
  }
  await navigateur.close();
}, 120_000);

// Last: what it announces would wait for others.
describe('the history of a session', () => {
  it('tells of what was done there to who follows the territory, and to nobody else', async () => {
    const jour = '2021-07-01';
    await base.owner.query(
      `with s as (insert into seance (programme_id, date) select id, $1 from programme returning id),
         e as (insert into engagement (enveloppe_id, montant_centimes) select id, 1 from enveloppe returning id),
         d as (insert into decision (seance_id, structure_id) select s.id, structure.id from s, structure where identifiant = $2
           returning id)
       insert into decision_ligne (decision_id, categorie, postes, regime_variante_id, engagement_id)
       select d.id, 'publique', 1, (select min(id::text)::uuid from regime_variante), e.id from d, e`,
      [jour, gauchy],
    );
    const instant = '2021-07-02T08:00:00Z';
    const acteur = { identifiant: 'essai', role: 'operateur' } as const;
    exiger(await annoncerSeance(base.db, acteur, { seance: jour, departement: '02', instant }));
    const dit = 'Annonce de 1 décision dans l’Aisne, à partir du 2 juillet 2021';
    expect(await lire('agent', `/espace/seances/${jour}`)).toContain(dit);
    expect(await lire('administrateur', `/espace/seances/${jour}`)).toContain(dit);
    expect(await lire('gestionnaire', `/espace/seances/${jour}`)).not.toContain(dit);
  });
});
