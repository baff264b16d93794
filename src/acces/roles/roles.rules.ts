import { type RoleAttribuable, rolesAttribuables } from '../rules.ts';

/** The acting role, as the transaction holds it. */
export type Donneur = {
  readonly role: string;
  readonly niveau: string;
  /** Code of the région or département, identifier of the structure or team. */
  readonly perimetre: string | null;
  /** The last whole day of the acting role; null: without end. */
  readonly fin: string | null;
};

export type DepartementCible = { readonly code: string; readonly region: string | null };
export type StructureCible = {
  readonly id: string;
  /** Null for a structure whose commune is not known: no territory's agents look after it. */
  readonly departement: DepartementCible | null;
};

/** A role on a scope, with where that scope lies. */
export type Cible = {
  readonly role: RoleAttribuable;
  readonly region: string | null;
  readonly departement: DepartementCible | null;
  readonly structure: StructureCible | null;
  readonly equipe: { readonly id: string; readonly structure: StructureCible } | null;
};

export type NiveauDonne = 'national' | 'region' | 'departement' | 'structure' | 'equipe' | 'soi';

const dansLeTerritoire = ({ niveau, perimetre }: Donneur, departement: DepartementCible | null): boolean =>
  departement !== null &&
  perimetre !== null &&
  ((niveau === 'departement' && departement.code === perimetre) ||
    (niveau === 'region' && departement.region === perimetre));

const veilleSur = (donneur: Donneur, structure: StructureCible): boolean =>
  (donneur.niveau === 'structure' && structure.id === donneur.perimetre) ||
  dansLeTerritoire(donneur, structure.departement);

/**
 * Nobody gives more than they hold; a territory's agents look after their own. The same rule stands in the database as
 * `acteur_peut_donner`, and a test holds them equal.
 */
export const peutDonner = (donneur: Donneur, cible: Cible): boolean => {
  if (donneur.role === 'administrateur' || donneur.role === 'operateur') return true;
  if (donneur.role !== 'instructeur' && donneur.role !== 'gestionnaire') return false;
  switch (cible.role) {
    case 'instructeur':
      return (
        donneur.role === 'instructeur' &&
        ((donneur.niveau === 'region' && cible.region !== null && cible.region === donneur.perimetre) ||
          dansLeTerritoire(donneur, cible.departement))
      );
    case 'gestionnaire':
    case 'conseiller':
      return cible.structure !== null && veilleSur(donneur, cible.structure);
    case 'coordinateur':
      return cible.equipe !== null && veilleSur(donneur, cible.equipe.structure);
    default:
      return false;
  }
};

/** Nobody gives for longer than they hold: `acteur_peut_durer` in the database. A day, or null: without end. */
export const peutDurer = ({ fin }: Pick<Donneur, 'fin'>, finDonnee: string | null): boolean =>
  fin === null || (finDonnee !== null && finDonnee <= fin);

/** The roles that somebody may give on some scope: the choices of a form. */
export const rolesDonnables = ({ role }: Donneur): readonly RoleAttribuable[] => {
  if (role === 'administrateur' || role === 'operateur') return rolesAttribuables;
  if (role === 'instructeur') return ['instructeur', 'gestionnaire', 'coordinateur', 'conseiller'];
  return role === 'gestionnaire' ? ['gestionnaire', 'coordinateur', 'conseiller'] : [];
};

/** What a role is given on: the question that a form asks next. */
export type SortePerimetre = 'aucun' | 'territoire' | 'region' | 'structure' | 'equipe';

export const sortePerimetre = (role: RoleAttribuable): SortePerimetre => {
  switch (role) {
    case 'instructeur':
      return 'territoire';
    case 'membre_comite':
      return 'region';
    case 'gestionnaire':
    case 'conseiller':
      return 'structure';
    case 'coordinateur':
      return 'equipe';
    default:
      return 'aucun';
  }
};

/** The level of a role on a scope: a conseiller's is their own, though a structure looks after it. */
export const niveauDe = (cible: Cible): NiveauDonne => {
  if (cible.role === 'conseiller' || cible.role === 'candidat') return 'soi';
  if (cible.region !== null) return 'region';
  if (cible.departement !== null) return 'departement';
  if (cible.equipe !== null) return 'equipe';
  return cible.structure !== null ? 'structure' : 'national';
};

/** Whose file an act on a role belongs to. */
export const dossierDe = (
  cible: Pick<Cible, 'departement' | 'structure' | 'equipe'>,
): { readonly departement?: string; readonly structure?: string } => {
  const structure = cible.structure ?? cible.equipe?.structure;
  if (structure) return { structure: structure.id };
  return cible.departement === null ? {} : { departement: cible.departement.code };
};

/** Whether somebody may stand in for a role: one's own file has nobody to stand in. */
export const supplee = (role: RoleAttribuable): boolean => role !== 'conseiller' && role !== 'candidat';

/** Why an address that is set as a service's cannot be a person's. */
export const boiteSansCompte =
  'Cette adresse est la boîte d’un service de préfecture : un compte est personnel. Choisissez une adresse qui n’est lue que par la personne.';

/** Local parts that name a service: what comes there is read by several. */
const services =
  /^(accueil|contact|info|infos|mairie|secretariat|bureau|direction|service|services|courrier|administration|communication|support|numerique|rh|ressources-?humaines|prefecture|pref|sous-?prefecture|dgs|cnfs|conseiller-?numerique|bibliotheque|mediatheque|ccas|mdph|webmaster|no-?reply|postmaster)([-._].*|\d*)$/;

/**
 * Whether an address looks like the mailbox of a service, read by several. It cannot be known for sure: whoever invites
 * is warned, not stopped.
 */
export const boiteDeService = (courriel: string): boolean => services.test(courriel.split('@')[0] ?? '');
