import { dateLongue } from '../../platform/francais/dates.ts';
import { euros } from '../../platform/francais/nombres.ts';
import type { ChampNomme, LieuSaisi, SaisieCandidature, ValeurSaisie } from './champ.ts';
import { lireJour, lireMontant } from './lecture.rules.ts';

/** What a form sends: texts, several of a name, files. */
type Envoi = Readonly<Record<string, unknown>>;

const enTexte = (valeur: unknown): string =>
  // A form sends the ends of lines in its own way.
  typeof valeur === 'string' ? valeur.replaceAll('\r\n', '\n') : '';

const enTextes = (valeur: unknown): readonly string[] =>
  [valeur].flat().flatMap((element) => (typeof element === 'string' && element !== '' ? [element] : []));

/** Rows that a form may send: more are no list of places. */
const rangeesMax = 60;

/** A commune as it is shown in its field: « Laon (02408) ». Gives the code, else the words. */
const communeSaisie = (texte: string): string =>
  /\(([0-9][0-9AB]\d{3})\)\s*$/.exec(texte)?.[1] ?? texte.trim();

const estVide = ({ lieu_id, nom, adresse, commune }: LieuSaisi): boolean =>
  lieu_id === undefined && nom.trim() === '' && adresse.trim() === '' && commune.trim() === '';

const lireLieux = (envoi: Envoi): readonly LieuSaisi[] =>
  Array.from({ length: rangeesMax }, (_, rang) => rang).flatMap((rang): readonly LieuSaisi[] => {
    const de = (nom: string): string => enTexte(envoi[`lieux-${rang}-${nom}`]);
    const lieuId = de('lieu_id');
    const lieu = {
      ...(/^[0-9a-f-]{36}$/.test(lieuId) ? { lieu_id: lieuId } : {}),
      nom: de('nom'),
      adresse: de('adresse'),
      commune: de('choix') || communeSaisie(de('commune')),
      itinerant: de('itinerant') === 'oui' ? 'oui' : '',
    };
    return estVide(lieu) ? [] : [lieu];
  });

/** What a form sends of some fields, as `saisie` keeps it. Pieces are not typed: they are left out. */
export const lireEnvoi = (champs: readonly ChampNomme[], envoi: Envoi): SaisieCandidature =>
  Object.fromEntries(
    champs.flatMap(({ nom, controle }): readonly (readonly [string, ValeurSaisie])[] => {
      switch (controle.type) {
        case 'pieces':
          return [];
        case 'cases':
          return [[nom, enTextes(envoi[nom])]];
        case 'lieux':
          return [[nom, lireLieux(envoi)]];
        case 'commune':
          return [[nom, enTexte(envoi[`${nom}_choix`]) || communeSaisie(enTexte(envoi[nom]))]];
        default:
          return [[nom, enTexte(envoi[nom])]];
      }
    }),
  );

/** Codes of communes that a form shows with their name, or that were chosen in a list: not typed. */
export const communesChoisies = (envoi: Envoi): ReadonlySet<string> =>
  new Set(
    Object.entries(envoi).flatMap(([nom, valeur]) => {
      const texte = enTexte(valeur);
      if (/(^|-)commune$/.test(nom) && communeSaisie(texte) !== texte.trim()) return [communeSaisie(texte)];
      return /(_|-)choix$/.test(nom) && texte !== '' ? [texte] : [];
    }),
  );

/** Nothing typed and an empty list are the same nothing; the parts of a place come in any order. */
const ecrite = (valeur: ValeurSaisie | undefined): string =>
  valeur === undefined || valeur.length === 0
    ? ''
    : JSON.stringify(valeur, (_cle, partie: unknown) =>
        typeof partie === 'object' && partie !== null && !Array.isArray(partie)
          ? Object.entries(partie).toSorted(([gauche], [droite]) => (gauche < droite ? -1 : 1))
          : partie,
      );

/** Whether none of these answers differs from one typing to the other. */
export const sontInchanges = (
  noms: readonly string[],
  saisie: SaisieCandidature,
  autre: SaisieCandidature,
): boolean => noms.every((nom) => ecrite(saisie[nom]) === ecrite(autre[nom]));

export type Fusion = {
  readonly saisie: SaisieCandidature;
  /** Fields that somebody else changed meanwhile to something else: theirs stands. */
  readonly conflits: readonly string[];
  readonly change: boolean;
};

/**
 * Puts what one typed on what stands now, field by field: only what changed since the form was drawn (`avant`) is
 * written. What both changed stays as the first wrote it, and is told.
 */
export const fusionner = (
  actuelle: SaisieCandidature,
  avant: SaisieCandidature,
  tapee: SaisieCandidature,
): Fusion => {
  const saisie: Record<string, ValeurSaisie> = { ...actuelle };
  const conflits: string[] = [];
  let change = false;
  for (const [nom, valeur] of Object.entries(tapee)) {
    const [mien, base, leur] = [ecrite(valeur), ecrite(avant[nom]), ecrite(actuelle[nom])];
    if (mien === base || mien === leur) continue;
    if (leur !== base) {
      conflits.push(nom);
      continue;
    }
    saisie[nom] = valeur;
    change = true;
  }
  return { saisie, conflits, change };
};

/** The part of what is typed that some fields hold: what a form is drawn from. */
export const partie = (saisie: SaisieCandidature, champs: readonly ChampNomme[]): SaisieCandidature =>
  Object.fromEntries(
    champs.flatMap(({ nom, controle }) => {
      const valeur = saisie[nom];
      return controle.type === 'pieces' || valeur === undefined ? [] : [[nom, valeur]];
    }),
  );

export const texteSaisi = (saisie: SaisieCandidature, nom: string): string => {
  const valeur = saisie[nom];
  return typeof valeur === 'string' ? valeur : '';
};

export const listeSaisie = (saisie: SaisieCandidature, nom: string): readonly string[] => {
  const valeur = saisie[nom];
  return Array.isArray(valeur) ? valeur.filter((element) => typeof element === 'string') : [];
};

const estLieu = (valeur: unknown): valeur is LieuSaisi =>
  typeof valeur === 'object' &&
  valeur !== null &&
  ['nom', 'adresse', 'commune', 'itinerant'].every(
    (nom) => nom in valeur && typeof Reflect.get(valeur, nom) === 'string',
  );

export const lieuxSaisis = (saisie: SaisieCandidature): readonly LieuSaisi[] => {
  const valeur = saisie['lieux'];
  return Array.isArray(valeur) ? valeur.filter(estLieu) : [];
};

/** Every commune that is named by its code. */
export const communesSaisies = (saisie: SaisieCandidature): readonly string[] => [
  ...new Set(
    [texteSaisi(saisie, 'commune'), ...lieuxSaisis(saisie).map(({ commune }) => commune)].filter((code) =>
      /^[0-9][0-9AB]\d{3}$/.test(code),
    ),
  ),
];

/** A file that answers a question. */
export type Piece = { readonly id: string; readonly nom: string; readonly taille: number };

/** An answer as it is read: one paragraph or item each. */
export type LigneDossier = {
  readonly nom: string;
  readonly libelle: string;
  readonly valeurs: readonly string[];
  readonly pieces: readonly Piece[];
};

export type SectionDossier = { readonly titre: string; readonly lignes: readonly LigneDossier[] };

const nomDeCommune = (code: string, communes: ReadonlyMap<string, string>): string =>
  communes.get(code) ?? code;

const valeursLues = (
  { nom, controle }: ChampNomme,
  saisie: SaisieCandidature,
  communes: ReadonlyMap<string, string>,
): readonly string[] => {
  const texte = texteSaisi(saisie, nom);
  switch (controle.type) {
    case 'pieces':
      return [];
    case 'lieux':
      return lieuxSaisis(saisie).map((lieu) =>
        [
          lieu.nom,
          lieu.adresse,
          nomDeCommune(lieu.commune, communes),
          ...(lieu.itinerant === 'oui' ? ['itinérant'] : []),
        ]
          .filter(Boolean)
          .join(', '),
      );
    case 'cases':
      return listeSaisie(saisie, nom).map(
        (choisie) => controle.choix.find(({ valeur }) => valeur === choisie)?.libelle ?? choisie,
      );
    case 'commune':
      return texte === '' ? [] : [nomDeCommune(texte, communes)];
    case 'choix':
    case 'liste': {
      if (texte === '') return [];
      return [controle.choix.find(({ valeur }) => valeur === texte)?.libelle ?? texte];
    }
    case 'date': {
      const jour = lireJour(texte);
      return jour === undefined ? (texte === '' ? [] : [texte]) : [dateLongue(jour)];
    }
    case 'decimal': {
      const montant = nom === 'salaire' ? lireMontant(texte) : undefined;
      return montant === undefined ? (texte === '' ? [] : [texte]) : [euros(montant)];
    }
    default:
      return texte.split(/\n+/).filter((ligne) => ligne.trim() !== '');
  }
};

/** Every answer, step by step, as it is read by somebody else. */
export const sectionsDe = (
  champs: readonly ChampNomme[],
  titres: Readonly<Record<ChampNomme['etape'], string>>,
  saisie: SaisieCandidature,
  {
    communes,
    pieces,
  }: {
    readonly communes: ReadonlyMap<string, string>;
    readonly pieces: ReadonlyMap<string, readonly Piece[]>;
  },
): readonly SectionDossier[] =>
  [...Map.groupBy(champs, ({ etape }) => etape)].map(([etape, ceux]) => ({
    titre: titres[etape],
    lignes: ceux.map((champ) => ({
      nom: champ.nom,
      libelle: champ.libelle,
      valeurs: valeursLues(champ, saisie, communes),
      pieces: pieces.get(champ.nom) ?? [],
    })),
  }));

/** The answers that differ between two submissions, with both. */
export const differences = (
  avant: readonly SectionDossier[],
  apres: readonly SectionDossier[],
): readonly {
  readonly libelle: string;
  readonly avant: readonly string[];
  readonly apres: readonly string[];
}[] => {
  const lue = ({ valeurs, pieces }: LigneDossier): readonly string[] => [
    ...valeurs,
    ...pieces.map(({ nom }) => nom),
  ];
  const anciennes = new Map(avant.flatMap(({ lignes }) => lignes).map((ligne) => [ligne.nom, ligne]));
  const nouvelles = new Map(apres.flatMap(({ lignes }) => lignes).map((ligne) => [ligne.nom, ligne]));
  return [...new Set([...anciennes.keys(), ...nouvelles.keys()])].flatMap((nom) => {
    const [ancienne, nouvelle] = [anciennes.get(nom), nouvelles.get(nom)];
    const [a, b] = [ancienne ? lue(ancienne) : [], nouvelle ? lue(nouvelle) : []];
    if (JSON.stringify(a) === JSON.stringify(b)) return [];
    return [{ libelle: nouvelle?.libelle ?? ancienne?.libelle ?? nom, avant: a, apres: b }];
  });
};
