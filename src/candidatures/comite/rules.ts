import { dateLongue, euros, pluriel } from '../../platform/francais/index.ts';
import type { Centimes } from '../../platform/money.ts';

export const resultats = ['retenue', 'refusee', 'ajournee', 'liste_attente'] as const;
export type Resultat = (typeof resultats)[number];

/** What a session decides of a file, in words. */
export const nomsDesResultats: Readonly<Record<Resultat, string>> = {
  retenue: 'Retenue',
  refusee: 'Refusée',
  ajournee: 'Ajournée',
  liste_attente: 'Liste d’attente',
};

export const fonctions = { president: 'Président', secretaire: 'Secrétaire', membre: 'Membre' } as const;
export type Fonction = keyof typeof fonctions;

/** A result that a letter has to justify; refused without a reason. */
export const manqueMotif = (resultat: Resultat, motif: string): boolean =>
  motif.trim() === '' && (resultat === 'refusee' || resultat === 'ajournee');
export const motifManquant = 'Écrivez le motif\u00a0: il figurera dans la lettre à la structure.';

/** What is odd in the date of a session that is not open yet, in sentences; nothing forbids it. */
export const etrangetesDeDate = ({
  date,
  vagueOuvre,
  vagueFerme,
  aujourdhui,
}: {
  readonly date: string;
  readonly vagueOuvre: string | null;
  readonly vagueFerme: string | null;
  readonly aujourdhui: string;
}): readonly string[] => [
  ...(vagueOuvre !== null && date < vagueOuvre
    ? [`La séance est datée d’avant l’ouverture de la vague, le ${dateLongue(vagueOuvre)}.`]
    : []),
  ...(vagueFerme !== null && (vagueOuvre === null || date >= vagueOuvre) && date <= vagueFerme
    ? [
        `La vague ne ferme que le ${dateLongue(vagueFerme)}\u00a0: des candidatures peuvent encore arriver après la séance.`,
      ]
    : []),
  ...(date === aujourdhui
    ? []
    : [
        `Nous sommes le ${dateLongue(aujourdhui)}\u00a0: une séance ouverte aujourd’hui porterait la date du ${dateLongue(date)}.`,
      ]),
];

/** Who keeps a session: its president, its secretary, an administrator; nobody else. */
export const tientSeance = (fonction: Fonction | null, role: string): boolean =>
  role === 'administrateur' || role === 'operateur' || fonction === 'president' || fonction === 'secretaire';

/** What was done with the decisions of a closed session. */
export type SuitesDeSeance = {
  readonly annoncees: number;
  /** Withdrawn or promoted since. */
  readonly suites: number;
};

/** Why a closed session is not reopened any more; undefined where it may be. */
export const reouvertureEmpechee = ({
  annoncees,
  suites,
}: SuitesDeSeance): { readonly refus: 'annoncee' | 'suites'; readonly message: string } | undefined => {
  if (annoncees > 0)
    return {
      refus: 'annoncee',
      message: `${pluriel(annoncees, 'décision est annoncée', 'décisions sont annoncées')} ou près de l’être\u00a0: la séance ne se rouvre plus. Annulez l’annonce à venir, ou retirez les décisions une à une, depuis les suites de la séance.`,
    };
  return suites === 0
    ? undefined
    : {
        refus: 'suites',
        message: `${pluriel(suites, 'décision a été retirée ou promue', 'décisions ont été retirées ou promues')} depuis la clôture\u00a0: la séance ne se rouvre plus. Retirez les décisions une à une, depuis les suites de la séance.`,
      };
};

/** A score between 0 and `noteMaximale` that a member gave a file on a criterion. */
export type Note = {
  readonly critere: string;
  readonly poids: number;
  readonly membre: string;
  readonly note: number;
};
export const noteMaximale = 5;

const moyenne = (valeurs: readonly number[]): number =>
  valeurs.reduce((sum, valeur) => sum + valeur, 0) / valeurs.length;

/**
 * Score of a file out of 100: the mean of each criterion, weighted over those that somebody has scored. Null where
 * nobody has scored anything.
 */
export const scoreDe = (notes: readonly Note[]): number | null => {
  const criteres = [...new Set(notes.map(({ critere }) => critere))].map((critere) => {
    const siennes = notes.filter((note) => note.critere === critere);
    return { poids: siennes[0]?.poids ?? 0, moyenne: moyenne(siennes.map(({ note }) => note)) };
  });
  const total = criteres.reduce((sum, { poids }) => sum + poids, 0);
  if (total === 0) return null;
  const points = criteres.reduce((sum, critere) => sum + critere.poids * critere.moyenne, 0);
  return (100 * points) / (noteMaximale * total);
};

/** Score with what a priority label of the wave adds to it: so many per cent of itself, once. */
export const avecBonus = (
  score: number | null,
  { prioritaire, bonus }: { readonly prioritaire: boolean; readonly bonus: number },
): number | null => (score === null ? null : prioritaire ? (score * (100 + bonus)) / 100 : score);

/** Files by score, best first and unscored last; equal scores have one rank, and the next rank counts them. */
export const classer = <Dossier extends { readonly score: number | null }>(
  dossiers: readonly Dossier[],
): readonly (Dossier & { readonly rang: number })[] => {
  const valeur = ({ score }: Dossier) => score ?? Number.NEGATIVE_INFINITY;
  const ordonnes = dossiers.toSorted((left, right) =>
    valeur(left) === valeur(right) ? 0 : valeur(right) - valeur(left),
  );
  const rangs = new Map<number, number>();
  for (const [index, dossier] of ordonnes.entries())
    if (!rangs.has(valeur(dossier))) rangs.set(valeur(dossier), index + 1);
  return ordonnes.map((dossier) => ({ ...dossier, rang: rangs.get(valeur(dossier)) ?? 0 }));
};

export type Accord = {
  /** Out of 100, over the members who scored. */
  readonly moyenne: number;
  /** Between the highest and the lowest member. */
  readonly ecart: number;
  /** Members far from the mean, by more than `seuilDeDesaccord`. */
  readonly divergents: readonly string[];
};
/** Points out of 100 between a member and the mean from which they differ. */
export const seuilDeDesaccord = 20;

/** How far the members agree on a file, from the score that each gives it; null where nobody has. */
export const accordDe = (
  membres: readonly { readonly membre: string; readonly score: number }[],
): Accord | null => {
  if (membres.length === 0) return null;
  const scores = membres.map(({ score }) => score);
  const milieu = moyenne(scores);
  return {
    moyenne: milieu,
    ecart: Math.max(...scores) - Math.min(...scores),
    divergents: membres.flatMap(({ membre, score }) =>
      Math.abs(score - milieu) > seuilDeDesaccord ? [membre] : [],
    ),
  };
};

/** What is left under each ceiling of a wave. Null: no ceiling. */
export type Reste = {
  /** Of the envelope. */
  readonly centimes: Centimes;
  readonly objectif: number | null;
  readonly quotas: readonly { readonly territoire: string; readonly postes: number }[];
};

/** Posts that an amount pays for. */
const postesPayes = (reste: Centimes, parPoste: Centimes): number =>
  parPoste === 0 ? Number.MAX_SAFE_INTEGER : Math.floor(reste / parPoste);

export type Plafond = 'enveloppe' | 'objectif' | 'quota';

const postesRestants = (nombre: number): string =>
  nombre <= 0 ? 'il ne reste aucun poste' : `il reste ${pluriel(nombre, 'poste', 'postes')}`;

/** Why posts cannot be given, with what is left: what to do follows from it. */
export const phraseDePlafond = (
  plafond: Plafond,
  reste: Reste,
  demande: { readonly postes: number; readonly parPoste: Centimes },
): string => {
  const suite =
    'Réduisez le nombre de postes, mettez ce dossier sur liste d’attente, ou annulez une autre décision.';
  const voulus = pluriel(demande.postes, 'poste', 'postes');
  if (plafond === 'enveloppe') {
    const payes = postesPayes(reste.centimes, demande.parPoste);
    return `L’enveloppe ne permet pas ${voulus} de plus : il reste ${euros(reste.centimes)}, ${
      payes === 0 ? 'moins qu’un poste' : `soit ${pluriel(payes, 'poste', 'postes')}`
    } de ce régime. ${suite}`;
  }
  if (plafond === 'objectif')
    return `L’objectif de la vague ne permet pas ${voulus} de plus : ${postesRestants(reste.objectif ?? 0)}. ${suite}`;
  const serre = reste.quotas.toSorted((left, right) => left.postes - right.postes)[0];
  return `Le quota ${serre === undefined ? 'du territoire' : `« ${serre.territoire} »`} ne permet pas ${voulus} de plus : ${postesRestants(
    serre?.postes ?? 0,
  )}. ${suite}`;
};
