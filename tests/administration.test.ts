import { createHash, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chargerDemo } from '../src/demo/index.ts';
import { taches } from '../src/main/rooms.ts';
import { systemClock } from '../src/platform/clock.ts';
import { deposerCourriel } from '../src/platform/courriel.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { acteurPersonne, journaliser } from '../src/platform/journal.ts';
import { scellerTout } from '../src/platform/scellement.fixtures.ts';
import { defineTache, type Ouvriers, ouvrirOuvriers, sansDonnees } from '../src/platform/taches.ts';
import { type Site, servir } from './navigateur.ts';
import { joueurDe, ouvrirSessionDe, type Qui } from './permissions.fixtures.ts';
import { attendre } from './processus.ts';
import { type Visite, visiter } from './visite.ts';

let base: TestDatabase;
let site: Site;
let ouvriers: Ouvriers | undefined;

beforeAll(async () => {
  base = await withTestDatabase();
  expect((await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' })).ok).toBe(true);
  site = await servir(base);
});
beforeEach(() => base.owner.query('truncate courriel; delete from pgboss.job'));
afterEach(async () => {
  await ouvriers?.fermer();
  ouvriers = undefined;
});
afterAll(async () => {
  await site.fermer();
  await base.close();
});

const entrer = async (qui: Qui = 'administrateur'): Promise<Visite & { readonly personne: string }> => {
  const joueur = await joueurDe(base.owner, qui);
  if (joueur === null) throw new Error('somebody');
  const visite = visiter(site);
  visite.poser(await ouvrirSessionDe(base.owner, joueur));
  return { ...visite, personne: joueur.personne };
};

const texte = async (reponse: Response | Promise<Response>): Promise<string> => {
  const recue = await reponse;
  const corps = await recue.text();
  expect(recue.status, corps.slice(0, 2000)).toBe(200);
  return corps;
};

const un = async (question: string, valeurs: readonly unknown[] = []) =>
  (await base.owner.query(question, [...valeurs])).rows[0];

/** The queues of every job of the product, as the workers of a server make them. */
const ouvrirLesFiles = async (autres: typeof taches = []): Promise<void> => {
  ouvriers = await ouvrirOuvriers({
    adresses: base.adresses,
    taches: [...taches, ...autres],
    clock: systemClock,
    adresse: site.adresse,
    signalerPanne: () => undefined,
  });
};

const balise = '<script>alert("x")</script>';

describe('the outbox', () => {
  const ecrire = (nombre: number, statut: 'en_attente' | 'envoye' | 'abandonne', objet = 'Essai') =>
    base.owner.query(
      `insert into courriel (destinataire, objet, contenu, statut, tentatives, derniere_erreur, envoye_le, cree_le)
       select 'a' || n || '@b.example', $2 || ' ' || n, '{"paragraphes": ["Bonjour."]}', $3, 8,
         case $3 when 'abandonne' then '550 refusé' end, case $3 when 'envoye' then now() end,
         '2026-03-01T12:00:00Z'::timestamptz + n * interval '1 minute'
       from generate_series(1, $1) n`,
      [nombre, objet, statut],
    );

  it('says that it is empty, shows one mail, and pages 2 000', async () => {
    const admin = await entrer();
    expect(await texte(admin.lire('/administration/courriels'))).toContain(
      'Maillage n’a encore écrit à personne.',
    );
    await ecrire(1, 'envoye');
    const seul = await texte(admin.lire('/administration/courriels'));
    expect(seul).toContain('1 courriel.');
    expect(seul).not.toContain('Pages de la liste');
    await ecrire(1999, 'abandonne');
    const html = await texte(admin.lire('/administration/courriels?page=40'));
    expect(html).toContain('page 40 sur 40');
    expect((await admin.lire('/administration/courriels?page=41')).status).toBe(404);
    expect(await texte(admin.lire('/administration/courriels?statut=envoye'))).toContain(
      '1 courriel répond à ces filtres',
    );
    expect(await texte(admin.lire('/administration/courriels?du=2026-03-02&au=2026-03-02'))).toMatch(
      /courriels répondent à ces filtres/,
    );
  });

  it('is taken away as its page shows it, filters included', async () => {
    const admin = await entrer();
    await ecrire(3, 'envoye', '=1+1');
    await ecrire(2, 'abandonne', balise);
    const csv = await texte(admin.lire('/administration/courriels.csv?statut=envoye'));
    const lines = csv.trimEnd().split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^objet;id;destinataire;statut;ecrit;/);
    expect(lines[1]).toMatch(/^'=1\+1 3;/);
    const json = JSON.parse(await texte(admin.lire('/administration/courriels.json?tri=ecrit')));
    expect(json).toHaveLength(5);
    expect(json[4]).toMatchObject({ objet: '=1+1 3', statut: 'envoye', essais: 8 });
    for (const format of ['xlsx', 'ods']) {
      const recu = await admin.lire(`/administration/courriels.${format}`);
      expect(recu.status).toBe(200);
      expect(
        Buffer.from(await recu.arrayBuffer())
          .subarray(0, 2)
          .toString(),
      ).toBe('PK');
    }
  });

  it('takes no name and no address as a filter', async () => {
    const admin = await entrer();
    await ecrire(2, 'envoye');
    for (const parametre of ['destinataire=a1@b.example', 'objet=Essai', 'recherche=a1'])
      expect(await texte(admin.lire(`/administration/courriels?${parametre}`)), parametre).toContain(
        '2 courriels.',
      );
    expect(await texte(admin.lire('/administration/courriels'))).not.toMatch(/href="[^"]*(%40|@)b\.example/);
    expect((await admin.lire('/administration/courriels?numero=a@b')).status).toBe(400);
  });

  it('shows a mail whole, save its secret link', async () => {
    const admin = await entrer();
    const id = await deposerCourriel(base.db, {
      destinataire: 'zoe@example.fr',
      objet: `Lien ${balise}`,
      paragraphes: [`Bonjour ${balise}`],
      lien: { texte: 'Entrer', href: 'https://maillage.example.fr/connexion/lien/SECRET' },
      secret: true,
    });
    await base.owner.query('update courriel set derniere_erreur = $1', [balise]);
    const html = await texte(admin.lire(`/administration/courriels/${id}`));
    expect(html).toContain('Bonjour &lt;script>');
    expect(html).toContain('zoe@example.fr');
    expect(html).toContain('ce lien ouvre une porte');
    expect(html).not.toContain('SECRET');
    expect(html).not.toContain(balise);
    for (const format of ['csv', 'json'])
      expect(await texte(admin.lire(`/administration/courriels.${format}`))).not.toContain('SECRET');
    expect((await admin.lire(`/administration/courriels/${randomUUID()}`)).status).toBe(404);
  });

  it('sends one again after a confirmation, and says why it does not', async () => {
    const admin = await entrer();
    await ecrire(1, 'abandonne');
    const { id } = await un('select id from courriel');
    expect(await texte(admin.lire(`/administration/courriels/${id}/renvoyer`))).toContain('a1@b.example');
    expect((await un('select statut from courriel')).statut).toBe('abandonne');
    const done = await admin.envoyer(`/administration/courriels/${id}/renvoyer`);
    expect(done.headers.get('Location')).toBe(`/administration/courriels/${id}?fait=renvoye`);
    expect(await un('select statut, tentatives from courriel')).toEqual({
      statut: 'en_attente',
      tentatives: 0,
    });
    expect(await texte(admin.lire(`/administration/courriels/${id}`))).toContain('Courriel remis à l’envoi');
    await base.owner.query(`update courriel set statut = 'envoye', envoye_le = now()`);
    const refused = await admin.envoyer(`/administration/courriels/${id}/renvoyer`);
    expect(refused.status).toBe(409);
    expect(await refused.text()).toContain('Ce courriel est déjà parti.');
  });

  it('sends many again, and gives each its own result', async () => {
    const admin = await entrer();
    expect(await texte(admin.lire('/administration/courriels/renvoyer'))).toContain('Rien à renvoyer');
    await ecrire(120, 'abandonne', balise);
    const html = await texte(admin.lire('/administration/courriels/renvoyer'));
    expect(html.match(/type="checkbox"/g)).toHaveLength(100);
    expect(html).toContain('sur 120');
    const [first, second] = [...html.matchAll(/name="courriel" value="([^"]+)"/g)].map(([, id]) => id ?? '');
    await base.owner.query(`update courriel set statut = 'envoye', envoye_le = now() where id = $1`, [
      second,
    ]);
    const corps = new URLSearchParams();
    for (const id of [first ?? '', second ?? '', randomUUID()]) corps.append('courriel', id);
    const reponse = await fetch(`${site.adresse}/administration/courriels/renvoyer`, {
      method: 'POST',
      body: corps,
      headers: { Cookie: `maillage=${admin.secret()}`, Origin: site.adresse },
    });
    const rapport = await texte(reponse);
    expect(rapport).toContain('1 courriel remis à l’envoi, 2 refusés');
    expect(rapport).toContain('Ce courriel est déjà parti.');
    expect(rapport).toContain('Ce courriel est introuvable.');
    expect(rapport).toContain('118 autres');
    expect(rapport).not.toContain(balise);
    expect((await un(`select count(*)::int as n from courriel where statut = 'en_attente'`)).n).toBe(1);
    const empty = await admin.envoyer('/administration/courriels/renvoyer');
    expect(empty.status).toBe(400);
    expect(await empty.text()).toContain('Cochez au moins un courriel.');
  });
});

describe('jobs', () => {
  it('are listed with their schedules, and their failures without anything personal', async () => {
    await ouvrirLesFiles();
    const admin = await entrer();
    await base.owner.query(
      `insert into tache (nom, echouee_le, derniere_erreur) values ('menage', now(), $1)
       on conflict (nom) do update set echouee_le = now(), derniere_erreur = excluded.derniere_erreur`,
      [`550 <zoe@example.fr> ${balise}`],
    );
    await base.owner.query(
      `insert into pgboss.job (name, state, output)
       select 'menage', 'failed', jsonb_build_object('message', 'refus de zoe@example.fr') from generate_series(1, 2000)`,
    );
    const html = await texte(admin.lire('/administration/taches?etat=failed'));
    expect(html).toContain('Sceller les lignes du journal');
    expect(html).toContain('page 1 sur 40');
    expect(html).toContain('refus de [adresse]');
    expect(html).not.toContain('zoe@example.fr');
    expect(html).not.toContain(balise);
    expect(await texte(admin.lire('/administration'))).toMatch(/Tâches en échec.*2.000/s);
    const json = JSON.parse(await texte(admin.lire('/administration/taches.json?etat=failed')));
    expect(json).toHaveLength(2000);
    expect(json[0]).toMatchObject({ tache: 'menage', etat: 'failed', erreur: 'refus de [adresse]' });
  });

  it('run without waiting for their hour, once, on record', async () => {
    await ouvrirLesFiles();
    const admin = await entrer();
    const avant = await un(`select reussie_le from tache where nom = 'sceller'`);
    const done = await admin.envoyer('/administration/taches/sceller/lancer');
    expect(done.headers.get('Location')).toBe('/administration/taches?fait=lancee');
    await attendre('the job has run', async () =>
      (await un(`select reussie_le from tache where nom = 'sceller' and reussie_le is distinct from $1`, [
        avant?.reussie_le ?? null,
      ])) === undefined
        ? undefined
        : true,
    );
    expect(
      await un(`select objet_id from journal where acte = 'tache.avancer' order by id desc limit 1`),
    ).toEqual({
      objet_id: 'sceller',
    });
    for (const nom of ['effacement', 'inconnue'])
      expect((await admin.envoyer(`/administration/taches/${nom}/lancer`)).status, nom).toBe(404);
  });

  it('are not asked for twice', async () => {
    await ouvrirLesFiles();
    await ouvriers?.fermer();
    ouvriers = undefined;
    const admin = await entrer();
    expect((await admin.envoyer('/administration/taches/verifier/lancer')).status).toBe(303);
    const again = await admin.envoyer('/administration/taches/verifier/lancer');
    expect(again.status).toBe(409);
    expect(await again.text()).toContain('attend déjà');
    expect((await un(`select count(*)::int as n from pgboss.job where name = 'verifier'`)).n).toBe(1);
    expect(await texte(admin.lire('/administration/journal'))).toContain('Une vérification est demandée');
  });

  it('that failed are given one more try, and those that did not are refused', async () => {
    await ouvrirLesFiles();
    await ouvriers?.fermer();
    ouvriers = undefined;
    const admin = await entrer();
    const { id } = await un(
      `insert into pgboss.job (name, state, retry_limit, retry_count) values ('effacement', 'failed', 5, 5) returning id`,
    );
    expect(await texte(admin.lire(`/administration/executions/${id}/relancer`))).toContain('Relancer');
    const done = await admin.envoyer(`/administration/executions/${id}/relancer`);
    expect(done.headers.get('Location')).toBe('/administration/taches?fait=reprise');
    expect((await un('select state from pgboss.job where id = $1', [id])).state).toBe('retry');
    expect((await admin.envoyer(`/administration/executions/${id}/relancer`)).status).toBe(409);
    expect((await admin.envoyer(`/administration/executions/${randomUUID()}/relancer`)).status).toBe(404);
    expect((await un(`select count(*)::int as n from journal where acte = 'tache.reprendre'`)).n).toBe(1);
  });

  it('keep of an error, in the queue too, nothing that says who', async () => {
    const echec = defineTache({
      nom: 'echec',
      libelle: 'Échouer',
      donnees: sansDonnees,
      planification: '0 0 1 1 *',
      travail: async () => {
        throw new Error('refus de zoe@example.fr');
      },
    });
    await ouvrirLesFiles([echec]);
    await base.owner.query(`insert into pgboss.job (name, data, policy) values ('echec', '{}', 'stately')`);
    const { sortie } = await attendre('the job has failed', () =>
      un(`select output::text as sortie from pgboss.job where name = 'echec' and output is not null`),
    );
    expect(sortie).toContain('refus de [adresse]');
    expect(sortie).not.toContain('zoe@');
  });
});

describe('the journal', () => {
  const ligne = (objetId: string, motif = 'Essai') =>
    journaliser(base.db, acteurPersonne(randomUUID(), 'instructeur'), {
      acte: 'communique.publier',
      objetType: 'essai',
      objetId,
      motif,
      contenu: { note: balise },
    });

  it('is searched by act, object and day, newest first, page after page', async () => {
    const admin = await entrer();
    const vide = await texte(admin.lire('/administration/journal?objet_type=essai&objet_id=rien'));
    expect(vide).toContain('Aucune ligne ne répond à cette recherche.');
    await ligne('seul', balise);
    const seul = await texte(admin.lire('/administration/journal?objet_type=essai&objet_id=seul'));
    expect(seul).not.toContain('Plus anciennes');
    expect(seul).not.toContain(balise);
    expect(seul).toContain('&lt;script>');
    await base.owner.query(
      `insert into journal (acteur, role, acte, objet_type, objet_id, contenu)
       select 'essai', 'operateur', 'communique.publier', 'essai', 'beaucoup', '{}' from generate_series(1, 2000)`,
    );
    const seen: string[] = [];
    let suite: string | undefined = '/administration/journal?objet_type=essai&objet_id=beaucoup';
    while (suite !== undefined) {
      const html: string = await texte(admin.lire(suite));
      seen.push(...[...html.matchAll(/href="\/administration\/journal\/(\d+)"/g)].map(([, id]) => id ?? ''));
      suite = /href="([^"]+avant=\d+)#lignes"/.exec(html)?.[1]?.replaceAll('&amp;', '&');
    }
    expect(seen).toHaveLength(2000);
    expect(new Set(seen).size).toBe(2000);
    expect(seen.map(Number)).toEqual(seen.map(Number).toSorted((a, b) => b - a));
    const hier = await texte(
      admin.lire('/administration/journal?objet_type=essai&objet_id=beaucoup&au=2020-01-01'),
    );
    expect(hier).toContain('Aucune ligne');
    for (const faux of ['acte=x', 'personne=camille', 'du=2026-02-30', 'avant=0'])
      expect((await admin.lire(`/administration/journal?${faux}`)).status, faux).toBe(400);
  });

  it('is searched by somebody without their name in any address', async () => {
    const admin = await entrer();
    await texte(admin.lire('/compte'));
    await admin.envoyer('/compte/donnees/telecharger', { format: 'json' });
    const found = await admin.envoyer('/administration/journal/personne', { terme: 'DUVAL camille' });
    expect(found.headers.get('Location')).toBe(`/administration/journal?personne=${admin.personne}`);
    const html = await texte(admin.lire(found.headers.get('Location') ?? ''));
    expect(html).toContain('Actes de <strong>Camille Duval</strong>');
    expect(html).toContain('Données personnelles exportées');
    expect(html).not.toMatch(/href="[^"]*(duval|camille)/i);
    const several = await texte(
      admin.envoyer('/administration/journal/personne', { terme: 'prefecture.example' }),
    );
    expect(several).toContain('Claude Vasseur');
    expect(several).toContain('Maxime Leroy');
    for (const [terme, erreur] of [
      ['x', 'au moins deux lettres'],
      [balise, 'Personne ne porte ce nom'],
      ['%', 'au moins deux lettres'],
      ['%%', 'Personne ne porte'],
    ] as const) {
      const none = await admin.envoyer('/administration/journal/personne', { terme });
      expect(none.status, terme).toBe(400);
      const page = await none.text();
      expect(page, terme).toContain(erreur);
      expect(page).not.toContain(balise);
    }
  });

  it('shows a line with its values before and after, until they are erased', async () => {
    const admin = await entrer();
    await journaliser(
      base.db,
      { identifiant: 'essai', role: 'operateur' },
      {
        acte: 'communique.publier',
        objetType: 'essai',
        objetId: 'valeurs',
        motif: balise,
        contenu: { [balise]: balise },
        personnel: [{ personne: admin.personne, valeurs: { avant: 'Camile', apres: balise } }],
      },
    );
    const { id } = await un(`select id from journal where objet_id = 'valeurs'`);
    const html = await texte(admin.lire(`/administration/journal/${id}`));
    expect(html).toContain('Camile');
    expect(html).not.toContain(balise);
    expect(html).toContain('en attente');
    await scellerTout(base.db);
    expect(await texte(admin.lire(`/administration/journal/${id}`))).toMatch(/n°\s\d+ du/);
    await base.owner.query('delete from journal_personnel where journal_id = $1', [id]);
    expect(await texte(admin.lire(`/administration/journal/${id}`))).toContain('ou elles ont été effacées');
    expect((await admin.lire('/administration/journal/999999999')).status).toBe(404);
  });

  it('is taken away whole, as it was searched, while it is read', async () => {
    const admin = await entrer();
    await base.owner.query(
      `insert into journal (acteur, role, acte, objet_type, objet_id, motif, contenu)
       select 'essai', 'operateur', 'communique.publier', 'essai', 'fichier', '=1+1', '{"a": 1}'
       from generate_series(1, 2500)`,
    );
    const query = 'objet_type=essai&objet_id=fichier';
    const json = JSON.parse(await texte(admin.lire(`/administration/journal.json?${query}`)));
    expect(json).toHaveLength(2500);
    expect(new Set(json.map(({ numero }: { numero: number }) => numero)).size).toBe(2500);
    expect(json[0]).toMatchObject({ acte: 'communique.publier', motif: '=1+1', contenu: { a: 1 } });
    const csv = await texte(admin.lire(`/administration/journal.csv?${query}`));
    const lines = csv.trimEnd().split('\r\n');
    expect(lines).toHaveLength(2501);
    expect(lines[1]).toContain(";'=1+1;");
    expect(await texte(admin.lire('/administration/journal.json?objet_id=rien'))).toBe('[]\n');
  });

  it('is verified by a job that is asked for, and its result is shown later', async () => {
    await ouvrirLesFiles();
    const admin = await entrer();
    await scellerTout(base.db);
    const done = await admin.envoyer('/administration/taches/verifier/lancer');
    expect(done.headers.get('Location')).toBe('/administration/journal?fait=verification');
    const verifie = (apres: number) =>
      attendre('the verification is written', () =>
        un(`select id::int as id from journal where acte = 'journal.verifier' and id > $1`, [apres]),
      );
    const { id } = await verifie(0);
    expect(await texte(admin.lire('/administration'))).toContain('le journal est entier');
    await base.owner.query(`set session_replication_role = replica`);
    await base.owner.query(
      `update journal set motif = 'changé' where id = (select premiere from journal_sceau limit 1)`,
    );
    await base.owner.query(`set session_replication_role = default`);
    await attendre('the queue is free', async () =>
      (await admin.envoyer('/administration/taches/verifier/lancer')).status === 303 ? true : undefined,
    );
    await verifie(id);
    const html = await texte(admin.lire('/administration'));
    expect(html).toContain('Le journal a été modifié');
    expect(html).toMatch(/ligne \d+ modifiée/);
  });
});

describe('an erasure', () => {
  const creer = async (nom: string, role?: 'conseiller' | 'administrateur') => {
    const { id } = await un(
      `insert into personne (courriel, prenom, nom) values ($1, 'Zoé', $2) returning id`,
      [`${nom.toLowerCase()}@example.fr`, nom],
    );
    const attribution =
      role === undefined
        ? null
        : (
            await un(
              `insert into attribution (personne_id, role, niveau, motif) values ($1, $2, $3, 'essai') returning id`,
              [id, role, role === 'administrateur' ? 'national' : 'soi'],
            )
          ).id;
    const visite = visiter(site);
    visite.poser(await ouvrirSessionDe(base.owner, { personne: id, attribution }));
    return { id, visite };
  };
  const effacee = (id: string) =>
    attendre('the person is erased', () =>
      un('select id from personne where id = $1 and effacee_le is not null', [id]),
    );

  it('of oneself closes the account at once, everywhere, and the data follow', async () => {
    await ouvrirLesFiles();
    const { id, visite } = await creer('Partante', 'conseiller');
    const ailleurs = visiter(site);
    ailleurs.poser(await ouvrirSessionDe(base.owner, { personne: id, attribution: null }));
    await base.owner.query(
      `insert into courriel (destinataire, objet, contenu) values ('partante@example.fr', 'Invitation', '{}')`,
    );
    const page = await texte(visite.lire('/compte/donnees/effacer'));
    expect(page).toContain('le journal prouve les décisions');
    const refused = await visite.envoyer('/compte/donnees/effacer', { confirmation: 'oui' });
    expect([refused.status, (await refused.text()).includes('Écrivez EFFACER pour confirmer.')]).toEqual([
      400,
      true,
    ]);
    const done = await visite.envoyer('/compte/donnees/effacer', { confirmation: ' effacer ' });
    expect(done.headers.get('Location')).toBe('/compte-efface');
    expect(visite.secret()).toBeUndefined();
    expect(await texte(visite.lire('/compte-efface'))).toContain('Votre compte est fermé');
    expect((await ailleurs.lire('/compte')).status, 'signed out everywhere').toBe(302);
    await effacee(id);
    const left = await un(
      `select prenom, nom, courriel, (select count(*)::int from session where personne_id = $1) as sessions,
         (select count(*)::int from courriel where destinataire = 'partante@example.fr') as courriels,
         (select count(*)::int from attribution where personne_id = $1 and retiree_le is null) as roles
       from personne where id = $1`,
      [id],
    );
    expect(left).toEqual({
      prenom: 'Personne',
      nom: 'effacée',
      courriel: `${id}@efface.invalid`,
      sessions: 0,
      courriels: 0,
      roles: 0,
    });
    const { rows } = await base.owner.query(
      `select acte, acteur from journal where objet_id = $1 order by id`,
      [id],
    );
    expect(rows).toEqual([
      { acte: 'acces.demander_effacement', acteur: `personne:${id}` },
      { acte: 'acces.effacer_personne', acteur: 'maillage' },
    ]);
  });

  it('by an administrator wants a reason, and is of nobody that is not there', async () => {
    await ouvrirLesFiles();
    const admin = await entrer();
    const { id, visite } = await creer('Demandeuse');
    const chemin = `/administration/personnes/${id}/effacer`;
    expect(await texte(admin.lire(chemin))).toContain('Zoé Demandeuse');
    const refused = await admin.envoyer(chemin, { motif: ' ' });
    expect(refused.status).toBe(400);
    expect((await visite.lire('/compte')).status).toBe(200);
    const done = await admin.envoyer(chemin, { motif: 'Demande du 1er mars' });
    expect(done.headers.get('Location')).toBe('/administration?fait=effacement');
    expect((await visite.lire('/compte')).status).toBe(302);
    await effacee(id);
    const journal = await texte(admin.lire(`/administration/journal?objet_type=personne&objet_id=${id}`));
    // What was asked, and by whom, stays; the words of it, that may name her, went with her.
    expect(journal).toContain('effacement de ses données demandé');
    expect(journal).not.toContain('Demande du 1er mars');
    expect((await admin.lire(chemin)).status, 'erased already').toBe(404);
    expect((await admin.lire(`/administration/personnes/${randomUUID()}/effacer`)).status).toBe(404);
    const self = await admin.lire(`/administration/personnes/${admin.personne}/effacer`);
    expect(self.headers.get('Location')).toBe('/compte/donnees/effacer');
  });

  it('is refused to the last administrator, in a sentence, and nothing is lost', async () => {
    await ouvrirLesFiles();
    const admin = await entrer();
    const refused = await admin.envoyer('/compte/donnees/effacer', { confirmation: 'EFFACER' });
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('Vous êtes le dernier administrateur');
    expect((await admin.lire('/administration')).status).toBe(200);
    expect((await un(`select count(*)::int as n from pgboss.job where name = 'effacement'`)).n).toBe(0);
    expect(await un('select desactivee_le from personne where id = $1', [admin.personne])).toEqual({
      desactivee_le: null,
    });
  });
});

describe('my data', () => {
  it('are given whole, to me alone, as a file for a program or to be read', async () => {
    const conseiller = await entrer('conseiller');
    await base.owner.query(
      `insert into courriel (destinataire, objet, contenu)
       select courriel, 'Avant le compte', '{}' from personne where id = $1`,
      [conseiller.personne],
    );
    const { courriel } = await un('select courriel from personne where id = $1', [conseiller.personne]);
    const json = await conseiller.envoyer('/compte/donnees/telecharger', { format: 'json' });
    expect(json.headers.get('Content-Disposition')).toContain('mes-donnees.json');
    expect(json.headers.get('Cache-Control')).toBe('private, no-store');
    const lu = JSON.parse(await json.text());
    expect(lu.personne).toBe(conseiller.personne);
    const tables = lu.traitements.flatMap(
      ({ tables }: { tables: readonly { table: string; lignes: object[] }[] }) => tables,
    );
    const de = (nom: string) => tables.find(({ table }: { table: string }) => table === nom).lignes;
    expect(de('session').length).toBeGreaterThan(0);
    expect(de('courriel')).toEqual([expect.objectContaining({ objet: 'Avant le compte' })]);
    const secret = createHash('sha256')
      .update(conseiller.secret() ?? '')
      .digest('hex');
    expect(JSON.stringify(lu)).not.toContain(secret);
    const lisible = await texte(conseiller.envoyer('/compte/donnees/telecharger', { format: 'texte' }));
    expect(lisible).toContain(courriel);
    expect((await conseiller.envoyer('/compte/donnees/telecharger', { format: 'xml' })).status).toBe(404);
  });

  it('have a history, page after page, that is nobody else’s', async () => {
    // Who may read every line of the journal sees here their own account alone.
    const admin = await entrer();
    await base.owner.query(
      `insert into journal (acteur, role, acte, objet_type, objet_id, motif, contenu)
       select 'essai', 'operateur', 'acces.connexion', 'personne', $1, $2, '{}' from generate_series(1, 120)`,
      [admin.personne, balise],
    );
    await base.owner.query(
      `insert into journal (acteur, role, acte, objet_type, objet_id, contenu)
       values ('essai', 'operateur', 'acces.changer_role', 'personne', $1, '{}')`,
      [randomUUID()],
    );
    let suite: string | undefined = '/compte/historique';
    let pages = 0;
    let lignes = 0;
    while (suite !== undefined) {
      const html: string = await texte(admin.lire(suite));
      pages += 1;
      lignes += html.match(/<li><p class="maillage-chronologie__date">/g)?.length ?? 0;
      expect(html).not.toContain(balise);
      expect(html).not.toContain('Rôle exercé changé');
      suite = /href="(\/compte\/historique\?avant=\d+)"/.exec(html)?.[1];
    }
    expect(pages).toBe(3);
    expect(lignes).toBeGreaterThanOrEqual(120);
  });
});
