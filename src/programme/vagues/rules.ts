import { Temporal } from 'temporal-polyfill';
import { dateLongue, ESPACE_INSECABLE, pluriel } from '../../platform/francais/index.ts';

export const regimes = ['forfait', 'taux'] as const;
export type Mode = (typeof regimes)[number];
export const genresDeQuestion = ['texte', 'texte_long', 'nombre', 'oui_non', 'choix', 'pieces'] as const;
export type GenreDeQuestion = (typeof genresDeQuestion)[number];
export const niveauxDAvis = ['departement', 'region'] as const;
export type NiveauDAvis = (typeof niveauxDAvis)[number];

export type StatutVague = 'preparation' | 'publiee' | 'annulee';
export type EtatVague = 'preparation' | 'a_venir' | 'ouverte' | 'close' | 'annulee';

/** When a wave opens and closes: days and hours (`HH:MM`), of each département or of Paris. */
export type Calendrier = {
  readonly ouvreLe: string | null;
  readonly ouvreHeure: string;
  readonly fermeLe: string | null;
  readonly fermeHeure: string;
  readonly heureLocale: boolean;
};

/** What tells where a wave stands. */
export type Horaire = Calendrier & {
  readonly statut: StatutVague;
  readonly ouverturePrecision: 'jour' | 'mois';
};

const PARIS = 'Europe/Paris';

/** Zones of those who do not live at the hour of Paris, as the SQL function `fuseau_departement` has them. */
export const fuseauxDOutreMer: Readonly<Record<string, string>> = {
  '971': 'America/Guadeloupe',
  '972': 'America/Martinique',
  '973': 'America/Cayenne',
  '974': 'Indian/Reunion',
  '975': 'America/Miquelon',
  '976': 'Indian/Mayotte',
  '977': 'America/St_Barthelemy',
  '978': 'America/Marigot',
  '986': 'Pacific/Wallis',
  '987': 'Pacific/Tahiti',
  '988': 'Pacific/Noumea',
};

const zoneDe = ({ heureLocale }: Calendrier, departement: string | null): string =>
  (heureLocale && departement !== null ? fuseauxDOutreMer[departement] : undefined) ?? PARIS;

// An hour that comes twice is the second, one that does not exist is moved on: as PostgreSQL does.
const instantDe = (jour: string, heure: string, zone: string): Temporal.Instant =>
  Temporal.PlainDate.from(jour)
    .toPlainDateTime(Temporal.PlainTime.from(heure))
    .toZonedDateTime(zone, { disambiguation: 'later' })
    .toInstant();

/** The instant from which a département may apply; undefined where the day is not known. */
export const ouvertureDe = (vague: Horaire, departement: string | null): Temporal.Instant | undefined =>
  vague.ouvreLe === null || vague.ouverturePrecision !== 'jour'
    ? undefined
    : instantDe(vague.ouvreLe, vague.ouvreHeure, zoneDe(vague, departement));

/** The instant from which it may no more: the end of the minute that is written. */
export const clotureDe = (vague: Calendrier, departement: string | null): Temporal.Instant | undefined =>
  vague.fermeLe === null
    ? undefined
    : instantDe(vague.fermeLe, vague.fermeHeure, zoneDe(vague, departement)).add({ minutes: 1 });

/**
 * Where a wave stands for a département at an instant: the SQL function `vague_etat` says the same. Without a
 * département, at the hour of Paris.
 */
export const etatVague = (
  vague: Horaire,
  departement: string | null,
  instant: Temporal.Instant,
): EtatVague => {
  if (vague.statut !== 'publiee') return vague.statut;
  const ouverture = ouvertureDe(vague, departement);
  if (ouverture === undefined || Temporal.Instant.compare(instant, ouverture) < 0) return 'a_venir';
  const cloture = clotureDe(vague, departement);
  return cloture !== undefined && Temporal.Instant.compare(instant, cloture) >= 0 ? 'close' : 'ouverte';
};

/** Where a wave stands as it is told: of one that is to come and not announced, nobody knows the calendar. */
export type EtatMontre = EtatVague | 'sans_calendrier';

export const etatsDeVague: Readonly<Record<EtatMontre, string>> = {
  preparation: 'en préparation',
  sans_calendrier: 'sans calendrier',
  a_venir: 'à venir',
  ouverte: 'ouverte',
  close: 'close',
  annulee: 'annulée',
};

/** « 18 h », « 23 h 59 » */
const heureEnMots = (heure: string): string => {
  const [heures = '0', minutes = '00'] = heure.split(':');
  return `${Number(heures)}${ESPACE_INSECABLE}h${minutes === '00' ? '' : `${ESPACE_INSECABLE}${minutes}`}`;
};

const momentEnMots = (jour: string, heure: string): string => `${dateLongue(jour)} à ${heureEnMots(heure)}`;

/** An hour of a wave in words, and how it reads in Paris for those who live at another. */
export type MomentEnMots = {
  /** « 30 juin 2026 à 18 h, heure de chaque territoire » */
  readonly texte: string;
  /** For whom it is another hour in Paris, by that hour: « 1er juillet 2026 à 0 h ». */
  readonly ailleurs: readonly { readonly departements: readonly string[]; readonly aParis: string }[];
};

/** A day and hour of a wave, as said to those of the départements given. */
export const momentDeVague = (
  jour: string,
  heure: string,
  heureLocale: boolean,
  departements: readonly string[],
): MomentEnMots => {
  const texte = momentEnMots(jour, heure);
  if (!heureLocale) return { texte: `${texte}, heure de Paris`, ailleurs: [] };
  const parHeure = new Map<string, string[]>();
  for (const code of departements) {
    const zone = fuseauxDOutreMer[code];
    if (zone === undefined) continue;
    const paris = instantDe(jour, heure, zone).toZonedDateTimeISO(PARIS);
    const aParis = momentEnMots(
      paris.toPlainDate().toString(),
      paris.toPlainTime().toString({ smallestUnit: 'minute' }),
    );
    parHeure.set(aParis, [...(parHeure.get(aParis) ?? []), code]);
  }
  return {
    texte: `${texte}, heure de chaque territoire`,
    ailleurs: [...parHeure].map(([aParis, codes]) => ({ departements: codes, aParis })),
  };
};

export type Critere = {
  /** Null for one that is not written yet. */
  readonly id: string | null;
  readonly libelle: string;
  readonly aide: string | null;
  /** From 1 to 100: its share is its weight over their sum. */
  readonly poids: number;
};

/** A question of the form beyond the core. */
export type Question = {
  readonly id: string | null;
  readonly libelle: string;
  readonly aide: string | null;
  readonly genre: GenreDeQuestion;
  readonly choix: readonly string[];
  readonly obligatoire: boolean;
};

export type Quota = {
  readonly id: string | null;
  readonly departement: string | null;
  readonly region: string | null;
  readonly minimum: number;
  readonly maximum: number | null;
};

/** Everything of a wave that an administrator writes. */
export type ContenuVague = Calendrier & {
  readonly nom: string;
  readonly rang: number;
  readonly enveloppeId: string | null;
  readonly objectifPostes: number | null;
  readonly regimes: readonly Mode[];
  readonly coordinateurs: boolean;
  readonly presentation: string | null;
  /** None: all of them. */
  readonly departements: readonly string[];
  readonly avisNiveau: NiveauDAvis;
  readonly minimumDepartement: number;
  readonly priorites: readonly string[];
  readonly bonusPriorite: number;
  readonly criteres: readonly Critere[];
  readonly questions: readonly Question[];
  readonly quotas: readonly Quota[];
};
export type ChampVague = keyof ContenuVague;

/** The parts in which a wave is written, each on a short page. */
export const sections = {
  identite: {
    titre: 'Nom, moyens et régimes',
    champs: ['nom', 'rang', 'enveloppeId', 'objectifPostes', 'regimes', 'coordinateurs', 'presentation'],
  },
  calendrier: {
    titre: 'Ouverture et clôture',
    champs: ['ouvreLe', 'ouvreHeure', 'fermeLe', 'fermeHeure', 'heureLocale'],
  },
  territoires: {
    titre: 'Territoires et avis',
    champs: ['departements', 'avisNiveau', 'minimumDepartement'],
  },
  quotas: { titre: 'Quotas par territoire', champs: ['quotas'] },
  criteres: { titre: 'Critères', champs: ['criteres'] },
  priorites: { titre: 'Priorités', champs: ['priorites', 'bonusPriorite'] },
  questions: { titre: 'Questions du formulaire', champs: ['questions'] },
} as const satisfies Readonly<
  Record<string, { readonly titre: string; readonly champs: readonly ChampVague[] }>
>;
export type Section = keyof typeof sections;
export const nomsDeSections = [
  'identite',
  'calendrier',
  'territoires',
  'quotas',
  'criteres',
  'priorites',
  'questions',
] as const satisfies readonly Section[];

/** What weighs on a wave beside what is written of it. */
export type Vie = {
  readonly statut: StatutVague;
  readonly ouverturePrecision: 'jour' | 'mois';
  readonly postesDecides: number;
  /** Applications that were submitted, whatever became of them. */
  readonly deposees: number;
};

/** The fields that may not change any more, each with why. */
export const champsFiges = (
  vie: Vie,
  calendrier: Calendrier,
  instant: Temporal.Instant,
): Readonly<Partial<Record<ChampVague, string>>> => {
  const { statut, postesDecides, deposees } = vie;
  const tous = Object.values(sections).flatMap(({ champs }): readonly ChampVague[] => champs);
  const pour = (champs: readonly ChampVague[], raison: string) =>
    Object.fromEntries(champs.map((champ) => [champ, raison]));
  if (statut === 'annulee') return pour(tous, 'La vague est annulée\u00a0: elle ne change plus.');
  if (statut === 'preparation') return {};
  const horaire = { ...vie, ...calendrier };
  const commencee = [null, ...Object.keys(fuseauxDOutreMer)].some(
    (departement) => etatVague(horaire, departement, instant) !== 'a_venir',
  );
  return {
    ...pour(
      ['rang'],
      'Le rang d’une vague publiée ne change plus\u00a0: les communiqués la désignent par lui.',
    ),
    // A wave of before may be published without its closing: it is then still to be written.
    ...(calendrier.fermeLe === null
      ? {}
      : pour(
          ['heureLocale', 'fermeLe', 'fermeHeure'],
          'La clôture d’une vague publiée ne peut plus qu’être reportée, avec un motif\u00a0: «\u00a0Reporter la clôture\u00a0».',
        )),
    ...(commencee
      ? pour(['ouvreLe', 'ouvreHeure'], 'La vague a ouvert\u00a0: son ouverture ne change plus.')
      : {}),
    ...(postesDecides > 0
      ? pour(['enveloppeId'], 'Des postes sont décidés sur cette enveloppe\u00a0: elle ne change plus.')
      : {}),
    ...(deposees > 0
      ? pour(
          ['criteres', 'questions', 'priorites', 'bonusPriorite', 'regimes', 'coordinateurs', 'avisNiveau'],
          `${pluriel(deposees, 'candidature a été déposée', 'candidatures ont été déposées')}\u00a0: ce qui leur a été demandé et la façon de les juger ne changent plus.`,
        )
      : {}),
  };
};

/**
 * Whether a wave that is to come may be told of as such: its day, or the month that was announced and is not over. One
 * whose opening nobody wrote is past as often as to come.
 */
export const estAnnoncee = (vague: Horaire, instant: Temporal.Instant): boolean =>
  vague.ouvreLe !== null &&
  (vague.ouverturePrecision === 'jour' ||
    vague.ouvreLe.slice(0, 7) >= instant.toZonedDateTimeISO(PARIS).toPlainDate().toString().slice(0, 7));

/** Where a wave stands as it is told, at the hour of Paris: the SQL of `etatMontre` in the list says the same. */
export const etatMontre = (vague: Horaire, instant: Temporal.Instant): EtatMontre => {
  const etat = etatVague(vague, null, instant);
  return etat === 'a_venir' && !estAnnoncee(vague, instant) ? 'sans_calendrier' : etat;
};

/** The share of each weight in their sum, per cent, one decimal. */
export const partDuPoids = (poids: number, criteres: readonly Pick<Critere, 'poids'>[]): number => {
  const total = criteres.reduce((sum, critere) => sum + critere.poids, 0);
  return total === 0 ? 0 : Math.round((1000 * poids) / total) / 10;
};

/** Why a draft stays. */
export const suppressionEmpechee = {
  seance:
    'Une séance du comité est préparée sur cette vague\u00a0: choisissez d’abord une autre vague pour cette séance, ou annulez la vague.',
  candidature: 'Une candidature répond à cette vague\u00a0: elle ne peut plus qu’être annulée.',
} as const;
