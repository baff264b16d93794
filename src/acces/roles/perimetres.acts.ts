import type { Database } from '../../platform/database/index.ts';
import { type Resultat, refuser, reussi } from '../../platform/result.ts';
import { cleSiretValide, nomRecherche } from '../../structures/index.ts';
import { lirePerimetreEcrit } from '../invitations/invitations.rules.ts';
import { listTerritoiresEcrits } from '../invitations/invitations.store.ts';
import { nomDeRole, type RoleAttribuable } from '../rules.ts';
import { type Cible, type Donneur, sortePerimetre } from './roles.rules.ts';
import {
  type Choix,
  getDepartementCible,
  getEquipeCible,
  getRegionCible,
  getStructureCible,
  type Lieu,
  listStructuresParIdentifiant,
  listStructuresProposees,
  listTerritoiresProposes,
  perimetreNational,
} from './roles.store.ts';

export type CibleNommee = { readonly cible: Cible; readonly lieu: string };

const vide = (message: string) => refuser('perimetre', message);
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Finds the scope that a form or a file names for a role: code or name of a territory, number of a structure, our own
 * identifier from a list of choices. `memoire` keeps what was found for the lines of one file.
 */
export const trouverCible = async (
  db: Database,
  role: RoleAttribuable,
  ecrit: string,
  memoire: Map<string, Resultat<CibleNommee, 'perimetre'>> = new Map(),
): Promise<Resultat<CibleNommee, 'perimetre'>> => {
  const cle = `${role}|${ecrit.trim()}`;
  const known = memoire.get(cle);
  if (known) return known;
  const found = await chercher(db, role, ecrit.trim());
  const named: Resultat<CibleNommee, 'perimetre'> = found.ok
    ? reussi({ cible: { ...found.valeur.cible, role }, lieu: found.valeur.nom })
    : found;
  memoire.set(cle, named);
  return named;
};

const chercher = async (
  db: Database,
  role: RoleAttribuable,
  ecrit: string,
): Promise<Resultat<Lieu, 'perimetre'>> => {
  const sorte = sortePerimetre(role);
  if (sorte === 'aucun' || (role === 'membre_comite' && ecrit === '')) return reussi(perimetreNational);
  if (sorte === 'structure' || sorte === 'equipe') return chercherStructure(db, ecrit, sorte);
  return chercherTerritoire(db, role, ecrit, sorte);
};

const chercherTerritoire = async (
  db: Database,
  role: RoleAttribuable,
  ecrit: string,
  sorte: 'territoire' | 'region',
): Promise<Resultat<Lieu, 'perimetre'>> => {
  const lu = lirePerimetreEcrit(ecrit);
  const nomme =
    lu?.sorte === 'nom'
      ? (await listTerritoiresEcrits(db)).get(
          nomRecherche(lu.nom.replace(/^(r[eé]gion|d[eé]partement)\s+/i, '')),
        )
      : lu?.sorte === 'numero'
        ? undefined
        : lu;
  // A number alone names a département, unless the role stands on régions only.
  const where = sorte === 'region' && nomme ? { sorte: 'region' as const, code: nomme.code } : nomme;
  const found =
    where === undefined
      ? undefined
      : where.sorte === 'region'
        ? await getRegionCible(db, where.code)
        : await getDepartementCible(db, where.code);
  return found
    ? reussi(found)
    : vide(
        sorte === 'region'
          ? 'Écrivez le nom de la région, ou laissez vide pour le comité national.'
          : `Indiquez le département ou la région : le rôle « ${nomDeRole(role)} » vaut sur un territoire.`,
      );
};

/** Why a number names no structure: its check digit is wrong, or nobody has it here. */
const numeroInconnu = (numero: string): string =>
  /^\d{14}$/.test(numero) && !cleSiretValide(numero)
    ? `Le SIRET ${numero} est faux : un de ses chiffres ne passe pas le contrôle. Recopiez-le.`
    : `Aucune structure n’est connue sous le numéro ${numero}. Vérifiez-le.`;

const chercherStructure = async (
  db: Database,
  ecrit: string,
  sorte: 'structure' | 'equipe',
): Promise<Resultat<Lieu, 'perimetre'>> => {
  const lu = lirePerimetreEcrit(ecrit);
  const id = uuid.test(ecrit)
    ? ecrit
    : lu?.sorte === 'numero'
      ? ((await listStructuresParIdentifiant(db, [lu.numero, lu.numero.padStart(14, '0')])).values().next()
          .value ?? undefined)
      : undefined;
  const found =
    id === undefined
      ? undefined
      : sorte === 'structure'
        ? await getStructureCible(db, id)
        : await getEquipeCible(db, { structure: id });
  if (found) return reussi(found);
  return vide(
    id !== undefined && sorte === 'equipe'
      ? 'Cette structure n’a pas d’équipe à coordonner.'
      : lu?.sorte === 'numero'
        ? numeroInconnu(lu.numero)
        : lu === undefined
          ? 'Indiquez la structure.'
          : 'Indiquez la structure par son SIRET (14 chiffres), son RIDET ou son numéro TAHITI.',
  );
};

/** The scopes that a form offers for a role; undefined: too many, one is named by its number. */
export const proposerPerimetres = async (
  db: Database,
  donneur: Donneur,
  role: RoleAttribuable,
): Promise<readonly Choix[] | undefined> => {
  const sorte = sortePerimetre(role);
  if (sorte === 'aucun') return [];
  if (sorte === 'structure' || sorte === 'equipe') {
    const national = donneur.role === 'administrateur' || donneur.role === 'operateur';
    return national ? undefined : listStructuresProposees(db, sorte === 'equipe');
  }
  const territoires = await listTerritoiresProposes(db, donneur);
  return sorte === 'territoire'
    ? territoires
    : territoires.filter(({ valeur }) => valeur.startsWith('region:'));
};
