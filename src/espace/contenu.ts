import {
  lireSuiviDEspace,
  listSeances,
  type PartieDEspace,
  type SeanceListee,
} from '../candidatures/index.ts';
import { listLieux } from '../deploiement/index.ts';
import { type ChoseAFaire, listerAFaire, type TacheAFaire } from '../platform/a-faire.ts';
import type { Database } from '../platform/database/index.ts';
import type { Phrases } from '../platform/historique.ts';
import type { Identite } from '../platform/http/identite.ts';
import { getProgramme, listVagues, type Programme, type Vague } from '../programme/index.ts';
import { type Chiffres, getChiffres, listChiffres } from '../statistiques/index.ts';
import type { EtatDeService, LireEtat } from './service.store.ts';
import {
  type ActeRecent,
  type Annonce,
  listActesRecents,
  listAnnonces,
  listMesStructures,
  listNoms,
  type MaStructure,
  type Regard,
} from './store.ts';

/** What the other rooms bring to the page of each role. */
export type Apports = {
  readonly aFaire: readonly TacheAFaire[];
  readonly phrases: Phrases;
  readonly etats: readonly LireEtat[];
};

/** What the page of a role holds; what is not its own is absent. */
export type Espace = {
  readonly aFaire: readonly ChoseAFaire[];
  /** Since when what is new is told; null at the first visit. */
  readonly depuis: string | null;
  readonly annonces: readonly Annonce[];
  readonly actes: readonly ActeRecent[];
  /** There is more that is new than what is shown. */
  readonly encore: boolean;
  /** Where the role’s applications, sessions or waves stand. */
  readonly suivi?: PartieDEspace | undefined;
  readonly chiffres?: Chiffres;
  readonly programme?: Programme | undefined;
  readonly departements?: readonly {
    readonly code: string;
    readonly nom: string;
    readonly structures: number;
    readonly postes: number;
  }[];
  readonly structures?: {
    readonly total: number;
    readonly lignes: readonly (MaStructure & { readonly lieux: readonly string[] })[];
    /** The whole public list, where this is its beginning. */
    readonly suite?: string;
  };
  readonly seances?: readonly SeanceListee[];
  readonly vagues?: readonly Vague[];
  readonly services?: readonly EtatDeService[];
};

const structuresMontrees = 50;
const nouvellesMontrees = 10;
const nouvellesToutes = 200;

const regardDe = ({ habilitation }: Identite): Regard | null => {
  if (habilitation === null) return null;
  const { role, niveau, perimetre } = habilitation;
  if ((niveau === 'departement' || niveau === 'region') && perimetre !== null)
    return { sur: niveau, code: perimetre };
  if (niveau === 'national') return { sur: 'france' };
  return role === 'candidat' ? null : { sur: 'structures' };
};

const structuresDe = async (db: Database, regard: Regard): Promise<Pick<Espace, 'structures'>> => {
  const { total, structures } = await listMesStructures(db, regard, structuresMontrees);
  const lieux =
    regard.sur === 'structures'
      ? await listLieux(
          db,
          structures.map(({ id }) => id),
        )
      : [];
  return {
    structures: {
      total,
      lignes: structures.map((structure) => ({
        ...structure,
        lieux: lieux.filter(({ structureId }) => structureId === structure.id).map(({ nom }) => nom),
      })),
      ...(regard.sur === 'departement' ? { suite: `/structures?departement=${regard.code}` } : {}),
    },
  };
};

const departementsDe = async (db: Database, region: string): Promise<Pick<Espace, 'departements'>> => {
  const rows = await listChiffres(db, 'departement', { territoire: { niveau: 'region', code: region } });
  const noms = await listNoms(
    db,
    rows.flatMap(({ cle }) => (cle === null ? [] : [cle])),
  );
  return {
    departements: rows.flatMap(({ cle, structures, postes }) =>
      cle === null ? [] : [{ code: cle, nom: noms.get(cle) ?? cle, structures, postes }],
    ),
  };
};

const chiffresDe = async (db: Database, regard: Regard): Promise<Chiffres> =>
  getChiffres(
    db,
    regard.sur === 'region' || regard.sur === 'departement'
      ? { territoire: { niveau: regard.sur, code: regard.code } }
      : {},
  );

const vaguesDe = async (db: Database): Promise<Pick<Espace, 'vagues'>> => {
  const programme = await getProgramme(db);
  return { vagues: programme ? await listVagues(db, programme.id) : [] };
};

/** What is the role's own on its page. */
const propre = async (
  db: Database,
  identite: Identite,
  regard: Regard | null,
  etats: readonly LireEtat[],
): Promise<Partial<Espace>> => {
  switch (identite.habilitation?.role) {
    case 'instructeur':
      if (regard === null) return {};
      return {
        chiffres: await chiffresDe(db, regard),
        ...(regard.sur === 'region' ? await departementsDe(db, regard.code) : await structuresDe(db, regard)),
      };
    case 'administrateur': {
      const services: EtatDeService[] = [];
      for (const lire of etats) services.push(...(await lire(db)));
      return {
        chiffres: await getChiffres(db),
        programme: await getProgramme(db),
        seances: await listSeances(db),
        services,
      };
    }
    case 'membre_comite':
      return { seances: await listSeances(db), ...(await vaguesDe(db)) };
    case 'gestionnaire':
    case 'coordinateur':
    case 'conseiller':
      return regard === null ? {} : structuresDe(db, regard);
    case 'candidat':
      return vaguesDe(db);
    default:
      return {};
  }
};

/** Gathers the page of whoever acts in the transaction of `db`; `toutes`: with all that is new. */
export const composerEspace = async (
  db: Database,
  identite: Identite,
  { aFaire, phrases, etats }: Apports,
  toutes = false,
): Promise<Espace> => {
  const limite = toutes ? nouvellesToutes : nouvellesMontrees;
  const role = identite.habilitation?.role;
  const regard = regardDe(identite);
  const depuis = identite.visitePrecedente;
  const annonces = regard === null ? [] : await listAnnonces(db, regard, depuis, limite + 1);
  // At the first visit nothing is news but what is announced.
  const actes = depuis === null ? [] : await listActesRecents(db, phrases, depuis, limite + 1);
  return {
    aFaire: role === undefined ? [] : await listerAFaire(db, aFaire, role),
    depuis,
    annonces: annonces.slice(0, limite),
    actes: actes.slice(0, limite),
    encore: annonces.length > limite || actes.length > limite,
    suivi: await lireSuiviDEspace(db, role),
    ...(await propre(db, identite, regard, etats)),
  };
};
