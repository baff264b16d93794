import { titreDepuisMajuscules } from '../platform/francais/index.ts';
import { type Resultat, refuser, reussi } from '../platform/result.ts';

const laPoste = '356000000';

const luhn = (digits: string): boolean => {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
};

const digitSum = (digits: string): number => [...digits].reduce((sum, digit) => sum + Number(digit), 0);

/** Whether 14 digits pass the check of a SIRET: Luhn, or for La Poste a sum of digits divisible by five (INSEE). */
export const cleSiretValide = (siret: string): boolean =>
  luhn(siret) || (siret.startsWith(laPoste) && digitSum(siret) % 5 === 0);

export type SiretLu = { readonly siret: string; readonly zeroRetabli: boolean };

/**
 * Reads a SIRET as people and spreadsheets write it: spaces, dots, a leading zero lost. Refuses what is missing
 * (`absent`), not 14 digits (`malforme`) or fails its check (`cle`).
 */
export const lireSiret = (text: string): Resultat<SiretLu, 'absent' | 'malforme' | 'cle'> => {
  const compact = text.replace(/[\s.\u00a0\u202f-]/g, '');
  if (/^(null|0+|nan|na|n\/a|neant|néant)?$/i.test(compact)) return refuser('absent', 'Le SIRET manque.');
  if (!/^\d{12,14}$/.test(compact)) {
    return refuser('malforme', 'Le SIRET doit avoir 14 chiffres.');
  }
  const siret = compact.padStart(14, '0');
  const zeroRetabli = compact.length < 14;
  if (!cleSiretValide(siret)) {
    return zeroRetabli
      ? refuser('malforme', 'Le SIRET doit avoir 14 chiffres.')
      : refuser('cle', 'Le SIRET ne passe pas son contrôle : un chiffre est sans doute faux.');
  }
  return reussi({ siret, zeroRetabli });
};

export const genresIdentifiant = { siret: 'SIRET', ridet: 'RIDET', tahiti: 'n° TAHITI' } as const;
export type GenreIdentifiant = keyof typeof genresIdentifiant;
export type IdentifiantLu = { readonly genre: GenreIdentifiant; readonly identifiant: string };

/** Reads the identifier of a structure as it is typed, and tells of which kind it is by its form. */
export const lireIdentifiant = (
  text: string,
): Resultat<IdentifiantLu, 'absent' | 'malforme' | 'cle' | 'siren'> => {
  const compact = text.replace(/[\s.\u00a0\u202f/-]/g, '').toUpperCase();
  if (compact === '')
    return refuser('absent', 'Écrivez le SIRET de la structure (ou son RIDET, ou son n° TAHITI).');
  if (/^\d{10}$/.test(compact)) return reussi({ genre: 'ridet', identifiant: compact });
  // Nine digits that pass the check are far more often a SIREN, its establishment forgotten, than a n° TAHITI.
  if (/^\d{9}$/.test(compact) && luhn(compact))
    return refuser(
      'siren',
      'Ce numéro a 9 chiffres : c’est sans doute un SIREN. Ajoutez les 5 chiffres de l’établissement pour avoir le SIRET.',
    );
  if (/^[A-Z0-9]\d{5,8}$/.test(compact)) return reussi({ genre: 'tahiti', identifiant: compact });
  // A zero lost by a spreadsheet is put back for files, not for what somebody types.
  const siret = /^\d{14}$/.test(compact) ? lireSiret(compact) : undefined;
  if (siret?.ok) return reussi({ genre: 'siret', identifiant: siret.valeur.siret });
  if (siret?.refus === 'cle') return siret;
  return refuser(
    'malforme',
    'Ce numéro n’est pas reconnu : un SIRET a 14 chiffres, un RIDET 10 chiffres, un n° TAHITI une lettre ou un chiffre puis 5 à 8 chiffres.',
  );
};

/** The form under which two spellings of a name are the same: capitals, no accents, no punctuation. */
export const nomRecherche = (name: string): string =>
  name
    .replaceAll('œ', 'oe')
    .replaceAll('Œ', 'OE')
    .replaceAll('æ', 'ae')
    .replaceAll('Æ', 'AE')
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    // A letter that is two in capitals (ß, ﬁ) is none in the database, which has the same form of each name.
    .replace(/\P{ASCII}/gu, (letter) => (letter.toUpperCase().length === letter.length ? letter : ' '))
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, ' ')
    .trim();

/** A name as written, or nothing when the source put `0`, `null` or a dash in its place. */
export const lireNom = (text: string): string | null => {
  const name = text.replace(/\s+/g, ' ').trim();
  return name === '' || /^(0+|null|nan|n\/?a|-+|\?+|x+|neant|néant)$/i.test(name) || nomRecherche(name) === ''
    ? null
    : name;
};

export type Denomination = {
  readonly identifiant: string | null;
  readonly raisonSociale: string | null;
  readonly libellePublic: string | null;
  readonly communeNom: string | null;
  readonly epciNom: string | null;
  /** « de l’Aisne » */
  readonly departementGenitif: string;
};

/**
 * The name under which a structure is announced: the one somebody wrote, else one derived from the capital letters of
 * the file with the official names of its commune and EPCI, else its identifier.
 */
export const libellePublic = (structure: Denomination): string => {
  if (structure.libellePublic !== null) return structure.libellePublic;
  if (structure.raisonSociale === null) return `structure ${structure.identifiant ?? 'sans nom'}`;
  // Written as the EPCI itself is: its official name has the accents that capitals lost.
  if (
    structure.epciNom !== null &&
    nomRecherche(structure.epciNom) === nomRecherche(structure.raisonSociale)
  ) {
    return structure.epciNom;
  }
  return titreDepuisMajuscules(structure.raisonSociale, {
    commune: structure.communeNom,
    epci: structure.epciNom,
    departementGenitif: structure.departementGenitif,
  });
};

/**
 * Whether a structure is the body of a département: by its SIREN where it is known, else as départements are
 * numbered (22, then the code of the département) and named, else by the assembly's own name.
 */
export const estAssemblee = (
  structure: { readonly identifiant: string | null; readonly raisonSociale: string | null },
  departement: string,
  assemblee: { readonly nom: string; readonly siren: string | null },
): boolean => {
  if (assemblee.siren !== null && structure.identifiant?.startsWith(assemblee.siren)) return true;
  const name = nomRecherche(structure.raisonSociale ?? '');
  if (name === nomRecherche(assemblee.nom)) return true;
  const numbered = structure.identifiant?.startsWith(`22${departement.slice(0, 2)}`) === true;
  return numbered && /^(DEPARTEMENT|CONSEIL (DEPARTEMENTAL|GENERAL))\b/.test(name);
};

type Assemblee = { readonly nom: string; readonly siren: string | null };

/**
 * The name under which a structure is announced in its département, and which of its assemblies it is (0: none): an
 * assembly goes by its official name, unless somebody wrote another.
 */
export const nommerStructure = (
  structure: Omit<Denomination, 'departementGenitif'>,
  departement: {
    readonly code: string;
    readonly genitif: string;
    readonly assemblee: Assemblee | null;
    readonly assembleeSeconde: Assemblee | null;
  },
): { readonly libelle: string; readonly assemblee: 0 | 1 | 2 } => {
  const { code, genitif, assemblee: premiere, assembleeSeconde: seconde } = departement;
  const libelle = libellePublic({ ...structure, departementGenitif: genitif });
  const nom = (official: Assemblee): string => structure.libellePublic ?? official.nom;
  if (premiere && estAssemblee(structure, code, premiere)) return { libelle: nom(premiere), assemblee: 1 };
  if (seconde && estAssemblee(structure, code, seconde)) return { libelle: nom(seconde), assemblee: 2 };
  return { libelle, assemblee: 0 };
};

/** Whether somebody has still to review the label of a structure: an assembly goes by its official name. */
export const libelleARelire = (
  { libelleRelu }: { readonly libelleRelu: boolean },
  assemblee: 0 | 1 | 2,
): boolean => !libelleRelu && assemblee === 0;
