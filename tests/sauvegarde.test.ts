import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { acteur, contenu, importer, tranche } from '../src/candidatures/import/import.fixtures.ts';
import { changerCommunique } from '../src/communication/acts.ts';
import { chargerDemo } from '../src/demo/index.ts';
import { deposerCourriel } from '../src/platform/courriel.ts';
import { restaurer, sauvegarder } from '../src/platform/database/backup.ts';
import { readMigrations } from '../src/platform/database/migrate.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { exiger } from '../src/platform/result.ts';
import { scellerTout } from '../src/platform/scellement.fixtures.ts';
import { verifierJournal } from '../src/platform/scellement.ts';
import { appliquerUneFois } from '../src/platform/taches.ts';
import { getChiffres } from '../src/statistiques/index.ts';

const demande = {
  departement: '02',
  seance: '2021-03-24',
  date: '2021-03-18',
  maintenant: '2021-04-01T00:00:00Z',
};
let base: TestDatabase;
let copie: TestDatabase;
let folder = '';
let annonce = 0;
beforeAll(async () => {
  base = await withTestDatabase();
  copie = await withTestDatabase('vide');
  folder = await mkdtemp(join(tmpdir(), 'maillage-sauvegarde-'));
  exiger(await chargerDemo(base.db, acteur));
  await importer(base.db, tranche);
  exiger(
    await changerCommunique(base.db, acteur, {
      ...demande,
      transition: 'retirer',
      motif: 'Erreur \\ « é »\t🎉',
    }),
  );
  await deposerCourriel(base.db, {
    destinataire: 'ada@example.fr',
    objet: 'Décision',
    paragraphes: ['Bonjour.'],
    lien: { texte: 'Entrer', href: 'https://maillage.example.fr/porte' },
    secret: true,
  });
  await base.db.insertInto('tache').values({ nom: 'menage' }).execute();
  await appliquerUneFois(base.db, { id: randomUUID(), nom: 'menage' }, async () => undefined);
  await ouvrirDesPortes(base);
  await candidater(base);
  await ouvrirUnCompte(base);
  await deposerUnFichier(base);
  await base.owner.query(`insert into journal_personnel (journal_id, personne_id, valeurs)
    select (select min(id) from journal), id, '{"nom": "B"}' from personne limit 1`);
  await scellerTout(base.db);
  annonce = (await getChiffres(base.publique)).postes;
  const file = join(folder, 'base.sauvegarde');
  await sauvegarder(base.owner, file, '2021-04-01T00:00:00Z');
  exiger(await restaurer(copie.owner, file, await readMigrations(), { remplacer: false }));
});
afterAll(async () => {
  await Promise.all([base.close(), copie.close()]);
  await rm(folder, { recursive: true, force: true });
});

/** One row in each table of signing in, of files and of limits. */
const ouvrirDesPortes = ({ owner }: TestDatabase) =>
  owner.query(`
    insert into session (empreinte, personne_id, moyen, appareil, expire_le, inactivite)
      select '\\x01', id, 'lien', 'Firefox', now() + interval '1 hour', '1 hour' from personne limit 1;
    insert into lien_connexion (empreinte, personne_id, expire_le) select '\\x02', id, now() from personne limit 1;
    insert into demande_oidc (empreinte, nonce, verificateur, expire_le) values ('\\x03', 'n', 'v', now());
    insert into identite (emetteur, sujet, personne_id) select 'https://id.example', '1', id from personne limit 1;
    insert into second_facteur (personne_id, secret) select id, 'chiffré' from personne limit 1;
    insert into code_secours (personne_id, empreinte) select personne_id, '\\x04' from second_facteur;
    insert into invitation (courriel, prenom, nom, role, niveau, motif, expire_le)
      values ('a@b.example', 'A', 'B', 'candidat', 'soi', 'essai', now());
    insert into fichier (nom, mime, taille, sha256, statut, objet_type, objet_id)
      values ('logo.png', 'image/png', 1, sha256('a'), 'sain', 'essai', '1');
    insert into signataire (departement_code, nom, fonction, debut) values ('02', 'A', 'B', '2021-01-01');
    insert into communique_suivi (communique_id, corrections, relu_par)
      select communique.id, 'essai', personne.id from communique, personne limit 1;
    insert into limite values ('connexion:empreinte', 1, 1);
    insert into changement_courriel (empreinte, personne_id, courriel, expire_le)
      select '\\x05', id, 'a@b.example', now() from personne limit 1;
    insert into lot_invitation (deposee_par, lignes) select id, '[]' from personne limit 1;
    insert into recherche_personne (personne_id, terme) select id, 'essai' from personne limit 1;
    insert into revendication (structure_id, prenom, nom, courriel, fonction, expire_le)
      select id, 'A', 'B', 'a@b.example', 'maire', now() from structure limit 1;
  `);

/** A demand of an account. */
const ouvrirUnCompte = ({ owner }: TestDatabase) =>
  owner.query(`
    insert into ouverture (empreinte, courriel, prenom, nom, identifiant_type, identifiant, raison_sociale, commune_code, expire_le)
      values ('\\x06', 'a@b.example', 'A', 'B', 'siret', '21020381600013', 'C', '02408', now())`);

/** One row in each table of applications and of the committee. */
const candidater = ({ owner }: TestDatabase) =>
  owner.query(`
    insert into vague_critere (vague_id, rang, libelle, poids) select id, 1, 'Besoin', 10 from vague limit 1;
    insert into vague_question (vague_id, rang, libelle, genre) select id, 1, 'Pourquoi ?', 'texte' from vague limit 1;
    insert into vague_quota (vague_id, departement_code, maximum) select id, '02', 9 from vague limit 1;
    insert into vague_departement (vague_id, departement_code) select id, '02' from vague limit 1;
    insert into candidature (vague_id, structure_id, statut, saisie, categorie, postes_demandes, postes_coordinateurs,
        regime_souhaite, salaire_centimes, debut_souhaite, candidat_identifie, deposee_le)
      select vague.id, structure.id, 'deposee', '{"postes": "2"}', 'publique', 2, 0, 'forfait', 180000, '2021-09-01', false, now()
      from vague, structure limit 1;
    insert into candidature_version (candidature_id, numero, contenu) select id, 1, '{}' from candidature;
    insert into candidature_lieu (candidature_id, rang, nom, adresse, commune_code) select id, 1, 'A', 'B', '02408' from candidature;
    insert into candidature_depositaire (candidature_id, personne_id) select candidature.id, personne.id from candidature, personne limit 1;
    insert into candidature_message (candidature_id, cote, texte) select id, 'structure', 'Bonjour' from candidature;
    insert into candidature_piece (fichier_id, candidature_id, question) select fichier.id, candidature.id, 'pieces' from candidature, fichier limit 1;
    insert into candidature_avis (candidature_id, niveau, favorable, postes_proposes, commentaire) select id, 'departement', true, 1, 'Oui' from candidature;
    insert into candidature_correction (candidature_id, champs, demande, echeance) select id, '{postes}', 'Combien ?', '2021-05-01' from candidature;
    insert into candidature_relance (candidature_id, correction_id, genre) select candidature_id, id, 'avant' from candidature_correction;
    insert into candidature_lecture (candidature_id, personne_id, lu_le) select candidature.id, personne.id, now() from candidature, personne limit 1;
    insert into candidature_note (candidature_id, texte) select id, 'À revoir' from candidature;
    insert into fragilite (commune_code, indice, source) values ('02408', 12.5, 'essai');
    insert into seance (id, programme_id, date, statut) select '00000000-0000-7000-8000-000000000091', id, '2031-08-08', 'ouverte' from programme;
    insert into seance_membre (seance_id, personne_id) select '00000000-0000-7000-8000-000000000091', id from personne limit 1;
    insert into conflit (candidature_id, personne_id, motif) select candidature.id, personne.id, 'Élu' from candidature, personne limit 1;
    insert into notation (candidature_id, critere_id, personne_id, note)
      select candidature.id, vague_critere.id, personne.id, 3 from candidature, vague_critere, personne limit 1;
    insert into deliberation (seance_id, candidature_id, resultat, motif)
      select '00000000-0000-7000-8000-000000000091', id, 'refusee', 'Trop tôt' from candidature;
    insert into proposition (seance_id, nom, poids) values ('00000000-0000-7000-8000-000000000091', 'A', '{}');
    insert into proposition_ligne (proposition_id, candidature_id, postes, explication)
      select proposition.id, candidature.id, 1, '{}' from proposition, candidature;
    insert into acte_de_seance (seance_id, genre, cloture, contenu)
      values ('00000000-0000-7000-8000-000000000091', 'proces_verbal', 1, '{}');
  `);

/** A file sent on the web, with its preview. */
const deposerUnFichier = ({ owner }: TestDatabase) =>
  owner.query(`
    with depot as (
      insert into import_depot (fichier, empreinte, octets, lignes, contenu, depose_par)
        select 'décisions.csv', 'e', 3, 1, '\\x00ff41', id from personne limit 1 returning id
    )
    insert into import_depot_ligne (depot_id, numero, ligne, sort, motif, contenu)
      select id, 1, 2, 'rejetee', 'Sans date.', '["1"]' from depot`);

const tables = async (each: TestDatabase): Promise<readonly string[]> =>
  (
    await each.owner.query<{ nom: string }>(
      `select relname as nom from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
    )
  ).rows.map(({ nom }) => nom);

it('every table of an import, the demonstration and a withdrawn communiqué comes back as it was', async () => {
  const names = await tables(base);
  expect(await tables(copie)).toEqual(names);
  const empty: string[] = [];
  for (const nom of names.filter((name) => name !== 'migration')) {
    const rows = async (each: TestDatabase) =>
      // But for the numbers of transactions, which stay on their server.
      (
        await each.owner.query(
          `select to_jsonb(t) - array['transaction_id', 'horizon'] as ligne from "${nom}" t order by 1`,
        )
      ).rows;
    const before = await rows(base);
    if (before.length === 0) empty.push(nom);
    // Counts are not worth keeping, and say who came.
    expect(await rows(copie), nom).toEqual(nom === 'limite' ? [] : before);
  }
  // What is compared is not nothing.
  expect(empty).toEqual([]);
  expect(await verifierJournal(copie.db)).toMatchObject({ enAttente: 0, anomalies: [] });
});

it('a restored database has the same figures and walls, and imports and withdraws as before', async () => {
  expect(await getChiffres(copie.db)).toEqual(await getChiffres(base.db));
  expect((await getChiffres(copie.publique)).postes).toBe(annonce);
  expect(annonce).toBe(32);
  const before = await contenu(copie.db);
  expect((await importer(copie.db, tranche)).bilan).toMatchObject({
    creees: 0,
    modifiees: 0,
    inchangees: 12,
  });
  expect(await contenu(copie.db)).toEqual(before);
  expect(
    await changerCommunique(copie.db, acteur, { ...demande, transition: 'retirer', motif: 'x' }),
  ).toMatchObject({ ok: false, refus: 'etat' });
  expect(await changerCommunique(copie.db, acteur, { ...demande, transition: 'reprendre' })).toMatchObject({
    ok: true,
  });
});
