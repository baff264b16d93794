import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  appliquerConservation,
  effacerPersonne,
  exporterMesDonnees,
} from '../../src/acces/compte/donnees-personnelles.acts.ts';
import {
  type ExportPersonnel,
  ecrireExport,
  numerosDe,
  reunir,
} from '../../src/acces/compte/donnees-personnelles.rules.ts';
import { nommer } from '../../src/acces/compte/donnees-personnelles.store.ts';
import { retirerSecondFacteur } from '../../src/acces/connexion/second-facteur.acts.ts';
import { desactiverPersonne, reactiverPersonne } from '../../src/acces/roles/personnes.acts.ts';
import { prolonger, retirerRole } from '../../src/acces/roles/roles.acts.ts';
import { tacheEffacement } from '../../src/acces/taches.ts';
import { semerCandidatures, semerVague } from '../../src/candidatures/candidatures.fixtures.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { endosser } from '../../src/platform/database/acteur.ts';
import { connectDatabase, type Database } from '../../src/platform/database/index.ts';
import { type TestDatabase, withTestDatabase } from '../../src/platform/database/testing.ts';
import { acteurPersonne, journaliser } from '../../src/platform/journal.ts';
import { tablesDuRegistre } from '../../src/platform/registre.ts';
import { exiger } from '../../src/platform/result.ts';
import { scellerTout } from '../../src/platform/scellement.fixtures.ts';
import { verifierJournal } from '../../src/platform/scellement.ts';
import { installerProgramme } from '../../src/programme/index.ts';

const operateur = { identifiant: 'operateur:essai', role: 'operateur' } as const;
const maintenant = '2026-03-01T00:00:00Z';
let base: TestDatabase;
let acces: Database;
let elle = '';
let admin = '';

const inserer = async (statement: string, values: readonly unknown[] = []): Promise<string> =>
  (await base.owner.query<{ id: string }>(`${statement} returning id`, [...values])).rows[0]?.id ?? '';
const compte = async (table: string, where = 'true'): Promise<number> =>
  Number((await base.owner.query(`select count(*) as n from ${table} where ${where}`)).rows[0].n);

/** A person with a row in every table that may know her. */
const peupler = async (courriel: string): Promise<string> => {
  const id = await inserer(
    `insert into personne (courriel, prenom, nom, vue_le) values ($1, 'Zoé', 'Témoin', now())`,
    [courriel],
  );
  const statements = [
    `insert into attribution (personne_id, role, niveau, departement_code, motif) values ('${id}', 'instructeur', 'departement', '02', 'après Zoé')`,
    `insert into attribution (personne_id, role, niveau, departement_code, motif, retiree_le, retrait_motif) values ('${id}', 'instructeur', 'departement', '59', 'Zoé', now(), 'départ de Zoé')`,
    `insert into session (empreinte, personne_id, moyen, appareil, jeton_identite, expire_le, inactivite) values (uuid_send(uuid_v7()), '${id}', 'lien', 'Firefox', 'SECRET', '2026-04-01', interval '90 days')`,
    `insert into lien_connexion (empreinte, personne_id, expire_le) values (uuid_send(uuid_v7()), '${id}', '2026-03-01T01:00:00Z')`,
    `insert into identite (emetteur, sujet, personne_id) values ('https://idp.exemple', '${id}', '${id}')`,
    `insert into second_facteur (personne_id, secret) values ('${id}', 'SECRET')`,
    `insert into code_secours (personne_id, empreinte) values ('${id}', '\\x00')`,
    `insert into invitation (courriel, prenom, nom, role, niveau, departement_code, motif, expire_le) values ('${courriel}', 'Zoé', 'Témoin', 'instructeur', 'departement', '59', 'renfort', '2026-06-01')`,
    `insert into courriel (destinataire, objet, contenu, personne_id, lien_secret) values ('${courriel}', 'Bienvenue', '{}', '${id}', 'https://SECRET')`,
    `insert into fichier (nom, mime, taille, sha256, statut, objet_type, objet_id, depose_par) values ('CV de Zoé Témoin.pdf', 'application/pdf', 1, sha256('a'), 'sain', 'essai', '1', '${id}')`,
    `insert into import_depot (fichier, empreinte, octets, lignes, depose_par) values ('comite.csv', 'e', 1, 1, '${id}')`,
    `insert into lot_invitation (deposee_par, lignes, cree_le) values ('${id}', '[]', '2026-06-01')`,
    `insert into recherche_personne (personne_id, terme, cree_le) values ('${id}', 'martin', '2026-06-01')`,
    `insert into changement_courriel (empreinte, personne_id, courriel, expire_le) values (uuid_send(uuid_v7()), '${id}', '${courriel}', '2026-06-01')`,
    `insert into seance (programme_id, date) select id, '2026-01-12' from programme on conflict do nothing`,
    // Elsewhere than where she acts now: it is still hers.
    `with ecrit as (
       insert into communique (seance_id, departement_code, date)
       select seance.id, code, seance.date from seance, departement
       where not exists (select from communique where departement_code = code) and code <> '02' limit 1 returning id
     ) insert into communique_suivi (communique_id, redige_par) select id, '${id}' from ecrit`,
  ];
  for (const statement of statements) await base.owner.query(statement);
  await base.owner.query(
    `with s as (insert into structure (raison_sociale, raison_sociale_recherche, commune_code)
       values ('STRUCTURE', gen_random_uuid()::text, '02408') returning id)
     insert into revendication (structure_id, prenom, nom, courriel, fonction, expire_le)
     select id, 'Zoé', 'Témoin', $1, 'directrice', '2026-06-01' from s`,
    [courriel],
  );
  await journaliser(base.db, operateur, {
    acte: 'essai.corriger',
    objetType: 'personne',
    objetId: id,
    personnel: [{ personne: id, valeurs: { avant: 'Zoe', apres: 'Zoé' } }],
  });
  return id;
};

beforeEach(async () => {
  base = await withTestDatabase();
  acces = connectDatabase(base.adresses, 'acces', 2);
  elle = await peupler('zoe@exemple.fr');
  admin = await inserer(
    `insert into personne (courriel, prenom, nom) values ('admin@exemple.fr', 'Ada', 'Unique')`,
  );
  await base.owner.query(
    `insert into attribution (personne_id, role, niveau, motif) values ('${admin}', 'administrateur', 'national', 'premier')`,
  );
});
afterEach(async () => {
  await acces.destroy();
  await base.close();
});

describe('the export of my data', () => {
  const comme = async (personne: string, demandee: string, roles: readonly string[] = []) => {
    const application = connectDatabase(base.adresses, 'application', 1);
    try {
      return await application.transaction().execute(async (transaction) => {
        const { rows } = await base.owner.query('select id from attribution where personne_id = $1', [
          personne,
        ]);
        expect(await endosser(transaction, personne, rows[0].id)).toBe(true);
        return exporterMesDonnees({ db: transaction, acces }, acteurPersonne(personne, 'instructeur'), {
          personne: demandee,
          maintenant,
          roles,
        });
      });
    } finally {
      await application.destroy();
    }
  };

  it('gives a row of every table of the register that knows me, read as myself, and no secret', async () => {
    const exported = exiger(await comme(elle, elle));
    const tables = exported.traitements.flatMap((traitement) => traitement.tables);
    const vides = tables.filter(({ lignes }) => lignes.length === 0).map(({ table }) => table);
    // A request to an identity provider says of nobody whom it is for; a signatory has no account; she imports nothing,
    // opens no account for a structure, and has no part in any application or session; letters and minutes name no account.
    expect(vides).toEqual([
      'ouverture',
      'demande_oidc',
      'communique',
      'signataire',
      'instruction',
      'candidature',
      'acte_de_seance',
      'candidature_version',
      'candidature_depositaire',
      'candidature_avis',
      'candidature_correction',
      'candidature_message',
      'candidature_lecture',
      'candidature_note',
      'seance_membre',
      'conflit',
      'notation',
      'deliberation',
      'proposition',
    ]);
    expect(tables).toHaveLength(tablesDuRegistre.length);
    expect(JSON.stringify(exported)).not.toContain('SECRET');
    const lisible = ecrireExport(exported, {
      noms: await nommer(base.db, numerosDe(exported)),
      phrases: { 'essai.corriger': () => 'Nom corrigé' },
    });
    expect(lisible).toContain('Adresse électronique\u00a0: zoe@exemple.fr');
    expect(lisible).toContain('Département du rôle\u00a0: Aisne (02)');
    expect(lisible).toContain('Rôle\u00a0: Instructeur');
    expect(lisible).toContain('Acte\u00a0: Nom corrigé');
    expect(lisible).toContain('le 1er mars 2026');
    // Nothing of the machine: no instant of a computer, no braces, no name of a table.
    expect(lisible).not.toMatch(/undefined|\d{4}-\d\d-\d\d|[{}]|\w_\w/);
    expect(await compte('journal', `acte = 'acces.exporter_donnees'`)).toBe(1);
  });

  it('gives what each of my roles may read, once, and goes on in the acting one', async () => {
    await installerProgramme(base.db, operateur);
    const vague = await semerVague(base.db, { rang: 90 });
    await semerCandidatures(base.db, vague, { nombre: 1 });
    const {
      rows: [{ id: dossier }],
    } = await base.owner.query('select id from candidature where vague_id = $1', [vague]);
    await base.owner.query(
      `insert into candidature_message (candidature_id, auteur_id, cote, texte) values ('${dossier}', '${elle}', 'structure', 'Notre local ouvre en mai.')`,
    );
    const structure = await inserer(
      `insert into attribution (personne_id, role, niveau, structure_id, motif)
       select '${elle}', 'gestionnaire', 'structure', structure_id, 'arrivée' from candidature where id = '${dossier}'`,
    );
    const ecrits = (exported: ExportPersonnel) =>
      exported.traitements
        .flatMap(({ tables }) => tables)
        .filter(({ table, lignes }) => table === 'candidature_message' || (table === 'attribution' && lignes))
        .map(({ table, lignes }) => [table, lignes.length]);
    const { rows } = await base.owner.query(
      `select id from attribution where personne_id = '${elle}' and role = 'instructeur' and retiree_le is null`,
    );
    expect(ecrits(exiger(await comme(elle, elle)))).toEqual([
      ['attribution', 3],
      ['candidature_message', 0],
    ]);
    expect(ecrits(exiger(await comme(elle, elle, [structure, rows[0].id])))).toEqual([
      ['attribution', 3],
      ['candidature_message', 1],
    ]);
  });

  it('counts rows that are alike as one role reads them', () => {
    const [a, b] = [{ note: 4 }, { note: 5 }];
    expect(reunir([a, a], [a, b])).toEqual([a, a, b]);
    expect(reunir([a], [a, a, b, b])).toEqual([a, a, b, b]);
    expect(reunir(undefined, [a, a])).toEqual([a, a]);
  });

  it('gives nothing of another', async () => {
    const autre = await peupler('autre@exemple.fr');
    const exported = JSON.stringify(exiger(await comme(elle, elle)));
    expect(exported).not.toContain('autre@exemple.fr');
    expect(exported).not.toContain(autre);
    expect(await comme(elle, autre)).toMatchObject({ ok: false, refus: 'absente' });
  });
});

describe('the erasure of a person', () => {
  it('leaves of her a number, and nothing that names her in any table', async () => {
    // Whoever acts on her writes why, and may name her.
    const motif = 'Zoé Témoin l’a demandé';
    for (const [rang, changer] of [desactiverPersonne, reactiverPersonne].entries())
      expect(await changer(base.db, operateur, { personne: elle, version: rang + 1, motif })).toMatchObject({
        ok: true,
      });
    expect(await retirerSecondFacteur(acces, operateur, elle, motif)).toMatchObject({ ok: true });
    const { rows } = await base.owner.query(
      `select id, version from attribution where personne_id = '${elle}' and retiree_le is null`,
    );
    const { id: attribution, version } = rows[0];
    const adresse = 'https://essai.example';
    expect(
      await prolonger(base.db, operateur, { attribution, version, motif, fin: '2099-01-01' }),
    ).toMatchObject({ ok: true });
    expect(
      await retirerRole(base.db, operateur, { attribution, version: version + 1, motif, adresse }),
    ).toMatchObject({ ok: true });
    expect(await compte('journal_personnel', `valeurs ->> 'motif' = '${motif}'`)).toBe(5);
    await base.owner.query(`update personne set desactivee_le = now() where id = '${elle}'`);
    await scellerTout(base.db);
    const lignes = await compte('journal');
    expect(
      await effacerPersonne({ db: base.db, acces }, operateur, {
        personne: elle,
        motif: 'Demande d’effacement',
      }),
    ).toMatchObject({ ok: true });
    const tables = await base.owner.query<{ nom: string }>(
      `select relname as nom from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    );
    for (const { nom } of tables.rows)
      expect(await compte(nom, `${nom}::text ~ 'zoe@exemple|Témoin|Zoé|Firefox|SECRET'`), nom).toBe(0);
    for (const nom of [
      'session',
      'lien_connexion',
      'identite',
      'second_facteur',
      'code_secours',
      'journal_personnel',
    ])
      expect(await compte(nom), nom).toBe(0);
    expect(await compte('attribution', `personne_id = '${elle}' and retiree_le is not null`)).toBe(2);
    expect(
      await compte('personne', `id = '${elle}' and effacee_le is not null and desactivee_le is not null`),
    ).toBe(1);
    // The journal has lost nothing, and says it.
    expect(await compte('journal')).toBe(lignes + 1);
    expect((await verifierJournal(base.db)).anomalies).toEqual([]);
    const application = connectDatabase(base.adresses, 'application', 1);
    expect(await endosser(application, elle, null)).toBe(false);
    await application.destroy();
  });

  it('is done by an administrator through the row wall, on somebody known, once', async () => {
    const application = connectDatabase(base.adresses, 'application', 1);
    const { rows } = await base.owner.query(`select id from attribution where personne_id = '${admin}'`);
    const effacer = (personne: string, role: 'administrateur' | 'instructeur' = 'administrateur') =>
      application.transaction().execute(async (transaction) => {
        await endosser(transaction, admin, rows[0].id);
        return effacerPersonne({ db: transaction, acces }, acteurPersonne(admin, role), {
          personne,
          motif: 'Demande d’effacement',
        });
      });
    expect(await effacer(elle, 'instructeur')).toMatchObject({ refus: 'role' });
    expect(await effacer('00000000-0000-7000-8000-000000000000')).toMatchObject({ refus: 'absente' });
    expect(await effacer(elle)).toMatchObject({ ok: true });
    expect((await compte('invitation')) + (await compte('courriel'))).toBe(0);
    expect(await effacer(elle)).toMatchObject({ refus: 'deja' });
    await application.destroy();
  });

  it('is refused to the last administrator, who loses nothing', async () => {
    await base.owner.query(
      `insert into identite (emetteur, sujet, personne_id) values ('https://idp.exemple', 'ada', '${admin}')`,
    );
    expect(
      await effacerPersonne({ db: base.db, acces }, operateur, {
        personne: admin,
        motif: 'Demande d’effacement',
      }),
    ).toMatchObject({ ok: false, refus: 'dernier_administrateur' });
    expect(await compte('personne', `id = '${admin}' and nom = 'Unique' and desactivee_le is null`)).toBe(1);
    expect(await compte('identite', `personne_id = '${admin}'`)).toBe(1);
  });
});

describe('the job that erases', () => {
  const noter = (acte: string) =>
    journaliser(base.db, operateur, { acte, objetType: 'personne', objetId: elle });
  const fermer = (ferme: boolean) =>
    base.owner.query(`update personne set desactivee_le = ${ferme ? 'now()' : 'null'} where id = '${elle}'`);
  const effacee = async () => {
    await tacheEffacement.faire(
      {
        db: base.db,
        acces,
        clock: systemClock,
        adresse: 'https://essai.example',
        uneFois: () => Promise.reject(new Error('not called')),
        signal: new AbortController().signal,
      },
      { personne: elle },
    );
    return (await compte('personne', `id = '${elle}' and effacee_le is not null`)) === 1;
  };

  it('erases nobody whose erasure was not asked, or whose account was opened again since', async () => {
    expect(await effacee(), 'an open account').toBe(false);
    await fermer(true);
    expect(await effacee(), 'a closed account that asked nothing').toBe(false);
    await noter('acces.demander_effacement');
    await noter('acces.reactiver_personne');
    expect(await effacee(), 'opened again, then closed').toBe(false);
    await noter('acces.demander_effacement');
    await fermer(false);
    expect(await effacee(), 'open in spite of the demand').toBe(false);
    await fermer(true);
    expect(await effacee()).toBe(true);
    expect(await effacee(), 'taken up again').toBe(true);
  });
});

describe('retention', () => {
  const appliquer = (instant: string) => appliquerConservation({ db: base.db, acces }, operateur, instant);

  it('deletes what was kept long enough, nothing sooner, and says in the journal how many', async () => {
    await base.owner.query(
      `update session set expire_le = '2026-01-29', vue_le = '2026-01-01';
       update lien_connexion set utilise_le = '2026-02-27T23:00:00Z';
       update invitation set expire_le = '2025-02-28';
       insert into demande_oidc (empreinte, nonce, verificateur, expire_le) values ('\\x01', 'n', 'v', '2026-02-28T22:00:00Z')`,
    );
    expect(await appliquer('2025-01-01T00:00:00Z')).toEqual({});
    expect(await appliquer(maintenant)).toEqual({
      session: 1,
      lien_connexion: 1,
      demande_oidc: 1,
      invitation: 1,
    });
    const { rows } = await base.owner.query(
      `select contenu from journal where acte = 'acces.appliquer_conservation' order by id`,
    );
    expect(rows.map(({ contenu }) => contenu.total)).toEqual([3, 1]);
    expect(await appliquer(maintenant)).toEqual({});
    expect(await compte('journal', `acte = 'acces.appliquer_conservation'`)).toBe(2);
  });

  it('keeps the personal values of the journal five years, a closed account three', async () => {
    const dans = (ans: number): string => `${new Date().getUTCFullYear() + ans}-12-31T23:00:00Z`;
    await base.owner.query(`update personne set desactivee_le = now() where id = '${elle}'`);
    await base.owner.query('delete from session');
    expect(await appliquer(dans(2))).not.toHaveProperty('personne');
    expect(await compte('journal_personnel')).toBe(1);
    expect(await appliquer(dans(3))).toMatchObject({ personne: 1 });
    expect(await compte('journal_personnel')).toBe(0);
    expect(await compte('personne', `nom = 'Témoin'`)).toBe(0);
    const autre = await peupler('autre@exemple.fr');
    expect(await appliquer(dans(4))).not.toHaveProperty('journal_personnel');
    expect(await appliquer(dans(5))).toMatchObject({ journal_personnel: 1 });
    expect(await compte('personne', `id = '${autre}' and nom = 'Témoin'`)).toBe(1);
  });

  it('finishes an erasure that was cut short among the tables of signing in', async () => {
    await base.owner.query(
      `update personne set desactivee_le = now(), effacee_le = now() where id = '${elle}'`,
    );
    expect(await appliquer('2021-01-01T00:00:00Z')).toEqual({
      changement_courriel: 1,
      session: 1,
      lien_connexion: 1,
      identite: 1,
      second_facteur: 1,
      code_secours: 1,
    });
  });

  it('keeps a live session, whatever the age of its person', async () => {
    await base.owner.query(`update session set expire_le = '2026-03-15', vue_le = '2026-02-20'`);
    expect(await appliquer(maintenant)).toEqual({});
  });
});
