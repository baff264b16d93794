import {
  findSeance,
  listCategoriesRetenues,
  listStructuresRetenues,
  type Seance,
  type StructureRetenue,
} from '../candidatures/index.ts';
import { listLieux, listStructuresCoordonnees } from '../deploiement/index.ts';
import { findPlanDeploiement } from '../plan/index.ts';
import type { Database } from '../platform/database/index.ts';
import { type Resultat, refuser, reussi } from '../platform/result.ts';
import {
  getProgramme,
  listRegimes,
  listVagues,
  type Regime,
  territoireDe,
  type Vague,
} from '../programme/index.ts';
import { getChiffres } from '../statistiques/index.ts';
import { libelleARelire, nommerStructure } from '../structures/index.ts';
import { type Departement, getDepartement } from '../territoires/index.ts';
import { findSignataire } from './reglages.store.ts';
import {
  aVenir,
  type EtatCommunique,
  type FaitsCommunique,
  type Laureat,
  type PartAssemblee,
  type RegimeFinancement,
  type Signataire,
} from './rules.ts';
import { type EnTeteEnregistre, findCommunique, findEnTete, type LigneCommunique } from './store.ts';

export type RefusFaits = 'programme' | 'departement' | 'seance' | 'vide' | 'absent';

export type DemandeFaits = {
  readonly departement: string;
  /** Session date. */
  readonly seance: string;
  /** Date borne by the communiqué where none is recorded. */
  readonly date: string;
  /** Another date than the one recorded, to see or write what it would say. */
  readonly dateVoulue?: string;
  /** ISO instant: tells an embargo from a publication. */
  readonly maintenant: string;
};

export type Dossier = {
  readonly faits: FaitsCommunique;
  readonly seanceId: string;
  readonly communique: LigneCommunique | undefined;
  /** One point per structure that has a position, for the map. */
  readonly points: readonly {
    readonly longitude: number;
    readonly latitude: number;
    readonly postes: number;
    readonly libelle: string;
    readonly commune: string | null;
  }[];
};

const etatOf = (communique: LigneCommunique | undefined, maintenant: string): EtatCommunique => {
  if (communique?.statut !== 'publie' || communique.publieLe === null) return { type: 'brouillon' };
  return aVenir(communique.publieLe, maintenant)
    ? { type: 'sous_embargo', jusqua: communique.publieLe }
    : { type: 'publie' };
};

/** What is said of financing: the régimes that pay its posts, for the kinds of structure it retained there. */
const financementOf = (
  regimes: readonly Regime[],
  { jourDesRegimes: jour, regimes: offerts }: Pick<Seance, 'jourDesRegimes' | 'regimes'>,
  departement: string,
  categories: readonly ('publique' | 'privee')[],
): FaitsCommunique['financement'] => {
  const territoire = territoireDe(departement);
  const variantes = regimes
    .filter(({ debut, fin }) => debut <= jour && (fin === null || jour < fin))
    .filter(({ mode }) => offerts.length === 0 || offerts.includes(mode))
    .flatMap(({ variantes: all }) => all)
    .filter((variante) => variante.territoire === territoire && categories.includes(variante.categorie));
  const outreMer = territoire === 'outre_mer';
  const said = variantes.flatMap((variante): readonly RegimeFinancement[] => {
    const common = { mois: variante.dureeMois, nature: variante.categorie, outreMer };
    if (variante.tauxPourMille !== null)
      return [{ mode: 'taux', pourcent: variante.tauxPourMille / 10, ...common }];
    return variante.plafond === null
      ? []
      : [{ mode: 'forfait', plafondCentimes: variante.plafond, ...common }];
  });
  return { regimes: mergeNatures(said), formationPourcent: variantes.length > 0 ? 100 : null };
};

/** Two kinds of structure under the same figures are said once. */
const mergeNatures = (regimes: readonly RegimeFinancement[]): readonly RegimeFinancement[] => {
  const key = (regime: RegimeFinancement): string => JSON.stringify({ ...regime, nature: null });
  return [...new Set(regimes.map(key))].flatMap((same) => {
    const alike = regimes.filter((regime) => key(regime) === same);
    const [first] = alike;
    if (!first) return [];
    return [{ ...first, nature: alike.length > 1 ? null : first.nature }];
  });
};

const vaguesOf = (
  vagues: readonly Vague[],
  vagueId: string | null,
): Pick<FaitsCommunique, 'vague' | 'vagueSuivante'> => {
  const current = vagues.find(({ id }) => id === vagueId);
  const next = current && vagues.find(({ rang }) => rang > current.rang);
  return {
    vague: current ? { rang: current.rang, priorites: current.priorites } : null,
    vagueSuivante: next
      ? {
          rang: next.rang,
          ouverture: (next.ouverturePrecision === 'mois' ? next.ouvreLe?.slice(0, 7) : next.ouvreLe) ?? null,
        }
      : null,
  };
};

type Retenues = readonly {
  readonly structure: StructureRetenue;
  readonly libelle: string;
  readonly assemblee: 0 | 1 | 2;
}[];

const nommer = (structures: readonly StructureRetenue[], departement: Departement): Retenues =>
  structures.map((structure) => ({ structure, ...nommerStructure(structure, departement) }));

const partsAssemblee = async (
  db: Database,
  retenues: Retenues,
  departement: Departement,
): Promise<readonly PartAssemblee[]> => {
  const own = retenues.filter(({ assemblee }) => assemblee > 0);
  const ids = own.map(({ structure }) => structure.id);
  const [lieux, coordonnees] = await Promise.all([listLieux(db, ids), listStructuresCoordonnees(db, ids)]);
  return own.flatMap(({ structure, assemblee, libelle }) => {
    const named = assemblee === 1 ? departement.assemblee : departement.assembleeSeconde;
    if (!named) return [];
    return [
      {
        nom: libelle,
        genre: named.genre,
        postes: structure.postes,
        lieux: lieux.filter(({ structureId }) => structureId === structure.id).map(({ nom }) => nom),
        coordinateur: coordonnees.has(structure.id),
      },
    ];
  });
};

const laureatsOf = async (db: Database, retenues: Retenues): Promise<readonly Laureat[]> => {
  const lieux = await listLieux(
    db,
    retenues.map(({ structure }) => structure.id),
  );
  const itinerant = new Set(lieux.filter((lieu) => lieu.itinerant).map(({ structureId }) => structureId));
  return retenues.map(({ structure, libelle, assemblee }) => ({
    libelle,
    libelleARelire: libelleARelire(structure, assemblee),
    postes: structure.postes,
    commune: structure.communeNom,
    codeCommune: structure.communeCode,
    siret: structure.identifiant,
    itinerant: itinerant.has(structure.id),
    assemblee: assemblee > 0,
  }));
};

const neutral = (departement: Departement): EnTeteEnregistre => ({
  service: [departement.prefecture.nom],
  adresse: [],
  lieu: departement.prefecture.lieu,
  contact: null,
  logo: null,
});

/**
 * Gathers every fact of a communiqué from the database, for who prepares it. Refuses a département or session that is not
 * known, and a session that retained nobody there.
 */
export const reunirFaits = (db: Database, demande: DemandeFaits): Promise<Resultat<Dossier, RefusFaits>> =>
  reunir(db, demande, (jour) => findSignataire(db, demande.departement, jour));

/** The same of a published communiqué, as the public may see it. Refuses what has none, or whose instant is to come. */
export const reunirFaitsPublies = async (
  db: Database,
  demande: Omit<DemandeFaits, 'date'>,
): Promise<Resultat<Dossier & { readonly communique: LigneCommunique }, RefusFaits>> => {
  const dossier = await reunir(db, { ...demande, date: demande.seance }, async () => null);
  if (!dossier.ok) return dossier;
  const { communique } = dossier.valeur;
  return communique === undefined
    ? refuser('absent', 'Aucun communiqué n’est publié pour cette séance dans ce département.')
    : reussi({ ...dossier.valeur, communique });
};

const reunir = async (
  db: Database,
  demande: DemandeFaits,
  signataireDuJour: (jour: string) => Promise<Signataire | null>,
): Promise<Resultat<Dossier, RefusFaits>> => {
  const [programme, departement] = await Promise.all([
    getProgramme(db),
    getDepartement(db, demande.departement),
  ]);
  if (!programme) return refuser('programme', 'Aucun programme n’est installé dans cette base.');
  if (!departement)
    return refuser(
      'departement',
      `Le département « ${demande.departement} » n’existe pas. Donnez son code : 02, 2A, 971…`,
    );
  const seance = await findSeance(db, programme.id, demande.seance);
  if (!seance)
    return refuser('seance', `Aucune séance du comité n’est connue à la date du ${demande.seance}.`);
  const filtre = { departement: departement.code, seance: seance.date };
  const [structures, categories, chiffres, regimes, vagues, plan, communique, enTete] = await Promise.all([
    listStructuresRetenues(db, filtre),
    listCategoriesRetenues(db, filtre),
    getChiffres(db, { territoire: { niveau: 'departement', code: departement.code }, seance: seance.date }),
    listRegimes(db, programme.id),
    listVagues(db, programme.id),
    findPlanDeploiement(db, departement.code, programme.id),
    findCommunique(db, seance.id, departement.code),
    findEnTete(db, departement.code),
  ]);
  if (structures.length === 0) {
    return refuser(
      'vide',
      `La séance du ${seance.date} n’a retenu aucune structure ${departement.locatif} : il n’y a rien à annoncer.`,
    );
  }
  const retenues = nommer(structures, departement);
  const [assemblees, laureats] = await Promise.all([
    partsAssemblee(db, retenues, departement),
    laureatsOf(db, retenues),
  ]);
  const { lieu, ...letterhead } = enTete ?? neutral(departement);
  const date = demande.dateVoulue ?? communique?.date ?? demande.date;
  // What was published stays signed by who signed it then, or by nobody.
  const signed = communique?.statut === 'publie' || communique?.statut === 'retire';
  return reussi({
    seanceId: seance.id,
    communique,
    points: retenues.flatMap(({ structure, libelle }) =>
      structure.latitude === null || structure.longitude === null
        ? []
        : [
            {
              latitude: structure.latitude,
              longitude: structure.longitude,
              postes: structure.postes,
              libelle,
              commune: structure.communeNom,
            },
          ],
    ),
    faits: {
      etat: etatOf(communique, demande.maintenant),
      mentions: communique?.demo ? ['Données de démonstration'] : [],
      departement: {
        code: departement.code,
        nom: departement.nom,
        genitif: departement.genitif,
        locatif: departement.locatif,
      },
      signature: { lieu, date },
      signataire: signed ? communique.signatairePublie : await signataireDuJour(date),
      seance: { date: seance.date },
      programme: {
        nom: programme.nom,
        annonceLe: programme.annonceLe,
        enveloppeCentimes: programme.enveloppeMontant,
        objectifPostes: programme.objectifPostes,
        finalite: programme.finalite,
      },
      plan: plan ?? null,
      ...vaguesOf(vagues, seance.vagueId),
      totaux: { structures: chiffres.structures, postes: chiffres.postes },
      assemblees,
      financement: financementOf(regimes, seance, departement.code, categories),
      laureats,
      enTete: letterhead,
      redactions: communique?.textes ?? {},
    },
  });
};
