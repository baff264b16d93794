import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import { exiger } from '../../platform/result.ts';
import { importerCoselec, type RapportImport } from './acts.ts';
import type { LigneBilan } from './bilan.store.ts';

export const acteur = { identifiant: 'operateur:essai', role: 'operateur' } as const;

/** The slice of the published file with its most telling rows. */
export const tranche = join(import.meta.dirname, 'fixtures', 'aisne-nord.csv');

export const entetes =
  'id;raison_sociale;siret;type;nb_cnfs;date_comite;code_postal;commune;code_insee;zrr;qpv;france_services;latitude;longitude;montant';

/** A file of a test, gone with `effacer`. */
export const fichierDEssai = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'maillage-import-'));
  let count = 0;
  const ecrire = async (contents: string | Buffer): Promise<string> => {
    count += 1;
    const path = join(folder, `essai-${count}.csv`);
    await writeFile(path, contents);
    return path;
  };
  return { folder, ecrire, effacer: () => rm(folder, { recursive: true, force: true }) };
};

/** A row of the file of tests: Laon, one post, public, unless said otherwise. */
export const ligne = (values: Partial<Record<string, string>> = {}): string => {
  const defaults: Record<string, string> = {
    id: '1',
    raison_sociale: 'COMMUNE DE LAON',
    siret: '21020408700014',
    type: 'publique',
    nb_cnfs: '1',
    date_comite: '2021-03-24',
    code_postal: '02000',
    commune: 'Laon',
    code_insee: '02408',
    zrr: 'non',
    qpv: '',
    france_services: 'oui',
    latitude: '49.5643',
    longitude: '3.621',
    montant: '54805',
  };
  return entetes
    .split(';')
    .map((name) => values[name] ?? defaults[name] ?? '')
    .join(';');
};

export const fichier = (...lignes: readonly string[]): string => [entetes, ...lignes, ''].join('\n');

/** Imports a file and gives its report with its rows. */
export const importer = async (db: Database, chemin: string, simulation = false) => {
  const lignes: LigneBilan[] = [];
  const absentes: RapportImport['absentes'][number][] = [];
  const fait = exiger(
    await importerCoselec(db, acteur, {
      chemin,
      simulation,
      onRapport: async (rapport) => {
        for await (const row of rapport.lignes()) lignes.push(row);
        absentes.push(...rapport.absentes);
      },
    }),
  );
  return {
    ...fait,
    lignes,
    absentes,
    codes: (numero: number) => lignes.find((row) => row.numero === numero)?.anomalies.map(({ code }) => code),
  };
};

/** What the database holds of decisions, without what a rewriting of the same would change. */
export const contenu = async (db: Database) => {
  const result = await sql`
    select structure.id as structure, structure.identifiant, structure.raison_sociale, structure.commune_code, structure.adresse,
      structure.latitude, structure.version, structure.libelle_public, decision.id as decision, decision.publiee_le, seance.date,
      dl.id as ligne, dl.reference, dl.categorie, dl.postes, dl.zrr, dl.qpv, dl.france_services, e.montant_centimes
    from decision_ligne dl join decision on decision.id = dl.decision_id join seance on seance.id = decision.seance_id
    join structure on structure.id = decision.structure_id join engagement e on e.id = dl.engagement_id
    order by dl.id`.execute(db);
  return result.rows;
};

/** Every row of the tables that an import writes, but for the reports and the journal, which grow at each. */
export const tables = async (owner: { query: (text: string) => Promise<{ rows: unknown[] }> }) => {
  const read = async (name: string) => (await owner.query(`select * from ${name} order by id`)).rows;
  return {
    structure: await read('structure'),
    seance: await read('seance'),
    decision: await read('decision'),
    decision_ligne: await read('decision_ligne'),
    engagement: await read('engagement'),
    enveloppe: await read('enveloppe'),
  };
};

/** Two départements are enough for many small imports, each of which reads all communes and outlines. */
export const garderDeuxDepartements = async (owner: {
  query: (text: string) => Promise<unknown>;
}): Promise<void> => {
  await owner.query(`delete from commune where departement_code not in ('02', '59');
    delete from contour where code not in ('02', '59')`);
};

export const vider = async (owner: { query: (text: string) => Promise<unknown> }): Promise<void> => {
  await owner.query(`alter table engagement disable trigger engagement_vide;
    truncate import_ligne, import, decision_ligne, engagement, decision, seance, structure cascade;
    alter table engagement enable trigger engagement_vide;
    update enveloppe set engage_centimes = 0, montant_centimes = 25000000000`);
};
