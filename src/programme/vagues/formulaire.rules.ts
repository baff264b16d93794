import { liste } from '../../platform/francais/index.ts';
import type { GenreDeQuestion, Question } from './rules.ts';

/** A field of the form as candidates are told of it. */
export type ChampDemande = {
  readonly cle: string;
  readonly libelle: string;
  readonly aide: string | null;
  readonly obligatoire: boolean;
  /** What is to be given: « un texte court », « une réponse parmi : oui, non ». */
  readonly reponse: string;
  /** What may be chosen, or ticked; each with its value. */
  readonly choix: readonly ChoixDemande[];
  /** Each choice is a box to tick. */
  readonly cases: boolean;
};
type ChoixDemande = { readonly valeur: string; readonly libelle: string };

/** A short page of the form. */
export type EtapeDemandee = {
  readonly cle: string;
  readonly titre: string;
  readonly champs: readonly ChampDemande[];
};

export const genres: Readonly<Record<GenreDeQuestion, string>> = {
  texte: 'Texte court',
  texte_long: 'Texte long',
  nombre: 'Nombre',
  oui_non: 'Oui ou non',
  choix: 'Une réponse parmi plusieurs',
  pieces: 'Pièces à joindre',
};

const reponses: Readonly<Record<string, string>> = {
  texte: 'un texte court',
  texte_long: 'un texte long',
  nombre: 'un nombre',
  entier: 'un nombre',
  decimal: 'un montant',
  courriel: 'une adresse électronique',
  telephone: 'un numéro de téléphone',
  date: 'une date',
  oui_non: 'oui ou non',
  commune: 'une commune',
  lieux: 'un ou plusieurs lieux',
  pieces: 'un ou plusieurs fichiers',
};

const parmi = (choix: readonly string[]): string =>
  choix.length === 0
    ? 'une ou plusieurs réponses'
    : `une réponse parmi\u00a0: ${liste(
        choix.map((each) => `«\u00a0${each}\u00a0»`),
        'ou',
      )}`;

/** A field of the core, as the room of applications declares it. */
export type ChampDuNoyau = {
  readonly etape: string;
  readonly libelle: string;
  readonly indication?: string;
  readonly obligatoire: boolean;
  readonly controle: {
    readonly type: string;
    readonly choix?: readonly ChoixDemande[];
  };
};

/** The core of the form in steps: the one of the wave's own questions stands where it is declared, empty. */
export const etapesDuNoyau = (
  etapes: Readonly<Record<string, string>>,
  noyau: Readonly<Record<string, ChampDuNoyau>>,
): readonly EtapeDemandee[] =>
  Object.entries(etapes).map(([cle, titre]) => ({
    cle,
    titre,
    champs: Object.entries(noyau).flatMap(([nom, { etape, libelle, indication, obligatoire, controle }]) =>
      etape === cle
        ? [
            {
              cle: nom,
              libelle,
              aide: indication ?? null,
              obligatoire,
              reponse:
                controle.type === 'cases'
                  ? 'des cases à cocher'
                  : (reponses[controle.type] ?? parmi((controle.choix ?? []).map((each) => each.libelle))),
              choix: controle.choix ?? [],
              cases: controle.type === 'cases',
            },
          ]
        : [],
    ),
  }));

const demander = (
  { id, libelle, aide, obligatoire, genre, choix }: Question,
  rang: number,
): ChampDemande & { readonly genre: GenreDeQuestion } => ({
  cle: id ?? String(rang),
  libelle,
  aide,
  obligatoire,
  genre,
  reponse: genre === 'choix' ? parmi(choix) : (reponses[genre] ?? 'un texte'),
  choix: [],
  cases: false,
});

/** What of a wave changes the core of its form. */
export type FormeDemandee = {
  readonly priorites: readonly string[];
  readonly coordinateurs: boolean;
  readonly regimes: readonly string[];
};

/** A field of the core as a wave asks it; none where it does not. */
const adapter = (champ: ChampDemande, vague: FormeDemandee): readonly ChampDemande[] => {
  switch (champ.cle) {
    case 'coordinateurs':
      return vague.coordinateurs ? [champ] : [];
    case 'priorites':
      return vague.priorites.length === 0
        ? []
        : [{ ...champ, choix: vague.priorites.map((priorite) => ({ valeur: priorite, libelle: priorite })) }];
    case 'regime': {
      const permis = champ.choix.filter(({ valeur }) => vague.regimes.includes(valeur));
      return [{ ...champ, choix: permis, reponse: parmi(permis.map(({ libelle }) => libelle)) }];
    }
    default:
      return [champ];
  }
};

/** The whole form of a wave: the core as it asks it and its own questions; without a step that asks nothing. */
export const formulaireDe = (
  noyau: readonly EtapeDemandee[],
  vague: FormeDemandee,
  questions: readonly Question[],
): readonly EtapeDemandee[] => {
  const siennes = questions.map(demander);
  // Files are handed in on one page.
  const pieces = siennes.filter(({ genre }) => genre === 'pieces');
  const autres = siennes.filter(({ genre }) => genre !== 'pieces');
  const ajoutees: Readonly<Record<string, readonly ChampDemande[]>> = { questions: autres, pieces };
  return noyau
    .map((etape) => ({
      ...etape,
      champs: [...etape.champs.flatMap((champ) => adapter(champ, vague)), ...(ajoutees[etape.cle] ?? [])],
    }))
    .filter(({ champs }) => champs.length > 0);
};
