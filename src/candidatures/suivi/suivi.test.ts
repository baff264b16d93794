import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endosser } from '../../platform/database/acteur.ts';
import { connectDatabase, type Database } from '../../platform/database/index.ts';
import { type TestDatabase, withTestDatabase } from '../../platform/database/testing.ts';
import { lireListe } from '../../platform/listes/index.ts';
import { exiger } from '../../platform/result.ts';
import { installerProgramme } from '../../programme/index.ts';
import { getChiffres } from '../../statistiques/index.ts';
import { semerCandidatures } from '../candidatures.fixtures.ts';
import { cloreSeance, rouvrirSeance } from '../comite/cloture.acts.ts';
import {
  creerFileDeNotification,
  operateur,
  semerDossiers,
  semerMembre,
  semerSeance,
} from '../comite/comite.fixtures.ts';
import { deliberer } from '../comite/deliberation.acts.ts';
import { listeSuivi } from './liste.ts';
import { lireEnsemble } from './store.ts';

type Qui = { readonly personne: string; readonly attribution: string };

let base: TestDatabase;
let application: Database;
let vague: string;
let seance: string;
let dossiers: readonly string[];
const gens = new Map<string, Qui>();

const nommer = async (
  nom: string,
  role: string,
  niveau: string,
  departement: string | null,
): Promise<void> => {
  const { rows } = await base.owner.query<Qui>(
    `with p as (insert into personne (courriel, prenom, nom) values ($1, $2, 'Suivi') returning id)
     insert into attribution (personne_id, role, niveau, departement_code, motif)
     select id, $3, $4, $5, 'essai' from p returning personne_id as personne, id as attribution`,
    [`${nom}@suivi.example`, nom, role, niveau, departement],
  );
  if (rows[0]) gens.set(nom, rows[0]);
};
const comme = <Valeur>(nom: string, travail: (db: Database) => Promise<Valeur>): Promise<Valeur> =>
  application.transaction().execute(async (transaction) => {
    const qui = gens.get(nom);
    if (qui === undefined) throw new Error(`nobody is ${nom}`);
    await endosser(transaction, qui.personne, qui.attribution);
    return travail(transaction);
  });
const lignes = (nom: string, filtres = {}) =>
  comme(nom, async (db) => lireListe(db, listeSuivi, { filtres, tri: listeSuivi.tri, debut: 0, limite: 50 }));
const ensemble = (nom: string, filtres = {}) => comme(nom, (db) => lireEnsemble(db, filtres));
const versionDeSeance = async (): Promise<number> =>
  (await base.db.selectFrom('seance').select('version').where('id', '=', seance).executeTakeFirstOrThrow())
    .version;

beforeAll(async () => {
  base = await withTestDatabase();
  application = connectDatabase(base.adresses, 'application', 3);
  await installerProgramme(base.db, operateur);
  await creerFileDeNotification(base.owner);
  // Six files with an opinion in the Aisne (1 + n % 4 posts each), two in the Nord, one of them a draft.
  vague = await semerDossiers(base.db, 6, { rang: 3, objectifPostes: 100 });
  const { rows } = await base.owner.query<{ id: string }>(
    'select id from candidature where vague_id = $1 order by numero',
    [vague],
  );
  dossiers = rows.map(({ id }) => id);
  await semerCandidatures(base.db, vague, { nombre: 2, departements: ['59'] });
  await sql`
    update candidature set statut = 'brouillon' where id = (
      select candidature.id from candidature join structure on structure.id = structure_id
      join commune on commune.code = commune_code where departement_code = '59' order by numero limit 1)`.execute(
    base.db,
  );
  await nommer('camille', 'administrateur', 'national', null);
  await nommer('claude', 'instructeur', 'departement', '02');
  const membre = await semerMembre(base.db, 'Dominique');
  gens.set('dominique', membre);
  seance = await semerSeance(base.db, vague, {
    numero: 1,
    membres: [{ personne: membre.personne, fonction: 'president' }],
  });
  // An interest in one of those that will be retained.
  await base.owner.query(
    `insert into conflit (candidature_id, personne_id, motif) values ($1, $2, 'essai')`,
    [dossiers[0], membre.personne],
  );
  for (const [rang, candidatureId] of dossiers.slice(0, 3).entries())
    exiger(
      await deliberer(base.db, operateur, {
        seanceId: seance,
        candidatureId,
        ...(rang === 2
          ? { resultat: 'refusee' as const, motif: 'Hors du périmètre.' }
          : { resultat: 'retenue' as const, postes: 1 }),
      }),
    );
});
afterAll(async () => {
  await application.destroy();
  await base.close();
});

describe('following waves', () => {
  it('is of the whole country for administrators, of its département for a préfecture, without drafts', async () => {
    const parTerritoire = async (nom: string) =>
      (await lignes(nom)).lignes.map(({ code, brouillons, deposees, avec_avis: avis }) => [
        code,
        brouillons,
        deposees,
        avis,
      ]);
    expect(await parTerritoire('camille')).toEqual([
      ['02', 0, 6, 6],
      ['59', 1, 1, 0],
    ]);
    expect(await parTerritoire('claude')).toEqual([['02', 0, 6, 6]]);
    expect(await ensemble('claude')).toMatchObject({ deposees: 6, brouillons: 0, demandesSansAvis: 0 });
    expect(await ensemble('camille', { departement: '59' })).toMatchObject({ deposees: 1, brouillons: 1 });
    expect(await ensemble('camille', { region: '32', vague })).toMatchObject({ deposees: 7 });
  });

  it('leaves out of a member’s figures what they have an interest in', async () => {
    expect(await ensemble('dominique')).toMatchObject({ deposees: 6, brouillons: 0 });
  });

  it.each(['camille', 'claude', 'dominique'])(
    'shows %s nothing of what is decided before the session is closed',
    async (nom) => {
      expect(await ensemble(nom)).toMatchObject({
        structures: 0,
        postes: 0,
        montant_centimes: 0,
        proposesDecides: 0,
        delai_decision: null,
      });
      expect((await lignes(nom)).sommes).toMatchObject({ postes: 0, montant: 0 });
    },
  );

  it('then counts what the whole site counts, as far as each may see, and no more once it is reopened', async () => {
    exiger(await cloreSeance(base.db, operateur, { seanceId: seance, version: await versionDeSeance() }));
    const { structures, postes, montant_centimes: montant } = await getChiffres(base.db);
    expect([structures, postes]).toEqual([2, 2]);
    expect(await ensemble('camille')).toMatchObject({ structures, postes, montant_centimes: montant });
    expect((await lignes('camille')).sommes).toMatchObject({ postes, montant });
    expect(await ensemble('claude')).toMatchObject({ structures, postes });
    expect(await ensemble('dominique')).toMatchObject({ structures: 1, postes: 1 });
    const {
      proposesDecides,
      proposesRetenus,
      proposesEnAttente,
      delai_decision: delai,
    } = await ensemble('camille');
    // 2 + 3 posts proposed were retained in part, 4 refused; 1 + 2 + 3 wait.
    expect([proposesRetenus, proposesDecides, proposesEnAttente]).toEqual([5, 9, 6]);
    expect(delai).toBeGreaterThanOrEqual(0);
    exiger(
      await rouvrirSeance(base.db, operateur, {
        adresse: 'https://maillage.example.fr',
        seanceId: seance,
        version: await versionDeSeance(),
        motif: 'Erreur de saisie.',
      }),
    );
    expect(await ensemble('camille')).toMatchObject({
      postes: 0,
      proposesDecides: 0,
      delai_decision: null,
      decidees: 0,
    });
  });

  it('tells selections that were imported apart from what was submitted here', async () => {
    await base.owner.query(
      `with s as (
         insert into seance (programme_id, date, vague_id) select id, '2021-03-24', $1 from programme returning id
       ), d as (
         insert into decision (structure_id, seance_id, resultat)
         select (select structure_id from candidature where id = $2), id, 'retenue' from s returning id
       ), e as (
         insert into engagement (enveloppe_id, montant_centimes) select id, 100 from enveloppe returning id
       )
       insert into decision_ligne (decision_id, categorie, postes, engagement_id, regime_variante_id)
       select d.id, 'publique', 7, e.id, (select id from regime_variante limit 1) from d, e`,
      [vague, dossiers[1]],
    );
    exiger(await cloreSeance(base.db, operateur, { seanceId: seance, version: await versionDeSeance() }));
    expect(await ensemble('camille')).toMatchObject({
      structures: 2,
      postes: 9,
      decidees: 3,
      structuresDIci: 2,
      postesDIci: 2,
      structuresImportees: 1,
      postesImportes: 7,
    });
  });
});
