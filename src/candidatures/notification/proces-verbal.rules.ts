import { dateLongue, instantLong } from '../../platform/francais/dates.ts';
import { pluriel } from '../../platform/francais/grammaire.ts';
import { euros, nombre } from '../../platform/francais/nombres.ts';
import type { ContenuProcesVerbal } from './contenu.rules.ts';

type Tableau = {
  readonly titre: string;
  readonly colonnes: readonly string[];
  readonly lignes: readonly (readonly string[])[];
  /** The last row, where it sums the others. */
  readonly total: readonly string[] | null;
};

/** Minutes as they are drawn. */
export type ProcesVerbal = {
  readonly titre: string;
  readonly remplace: string | null;
  readonly service: readonly string[];
  readonly date: { readonly annee: number; readonly mois: number; readonly jour: number };
  readonly fiche: readonly { readonly nom: string; readonly valeur: string }[];
  readonly membres: Tableau;
  readonly quorum: string;
  readonly conflits: readonly string[];
  readonly bilan: Tableau;
  readonly resultats: readonly {
    readonly titre: string;
    readonly phrase: string;
    readonly tableaux: readonly Tableau[];
  }[];
  readonly enveloppe: string | null;
  readonly nonDecidees: string;
  readonly secretaire: string | null;
  readonly president: string | null;
};

type Decision = ContenuProcesVerbal['decisions'][number];

const resultats = {
  retenue: 'Candidatures retenues',
  liste_attente: 'Liste d’attente',
  ajournee: 'Candidatures ajournées',
  refusee: 'Candidatures refusées',
} as const;
const fonctions = { president: 'Président', secretaire: 'Secrétaire', membre: 'Membre' } as const;

const somme = (decisions: readonly Decision[], champ: 'postes' | 'montantCentimes'): number =>
  decisions.reduce((total, decision) => total + decision[champ], 0);
const trierPar = (decisions: readonly Decision[]): readonly (readonly [string, readonly Decision[]])[] => {
  const groupes = Map.groupBy(decisions, ({ structure }) => structure.departement ?? '');
  return [...groupes].toSorted(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
};
const nomDe = ({ structure }: Decision): string => structure.nom || '–';

const parResultat: Readonly<
  Record<
    keyof typeof resultats,
    { readonly colonnes: readonly string[]; readonly ligne: (decision: Decision) => readonly string[] }
  >
> = {
  retenue: {
    colonnes: ['N°', 'Structure', 'Postes', 'Montant'],
    ligne: (decision) => [
      String(decision.candidature),
      nomDe(decision),
      nombre(decision.postes),
      euros(decision.montantCentimes),
    ],
  },
  liste_attente: {
    colonnes: ['N°', 'Structure', 'Rang'],
    ligne: (decision) => [
      String(decision.candidature),
      nomDe(decision),
      decision.rang === null ? '–' : String(decision.rang),
    ],
  },
  ajournee: {
    colonnes: ['N°', 'Structure', 'Motif'],
    ligne: (decision) => [String(decision.candidature), nomDe(decision), decision.motif ?? '–'],
  },
  refusee: {
    colonnes: ['N°', 'Structure', 'Motif'],
    ligne: (decision) => [String(decision.candidature), nomDe(decision), decision.motif ?? '–'],
  },
};

const resultatDe = (resultat: keyof typeof resultats, decisions: readonly Decision[]) => {
  const { colonnes, ligne } = parResultat[resultat];
  const retenue = resultat === 'retenue';
  return {
    titre: resultats[resultat],
    phrase: retenue
      ? `${pluriel(decisions.length, 'candidature', 'candidatures')}, ${pluriel(somme(decisions, 'postes'), 'poste', 'postes')}, ${euros(somme(decisions, 'montantCentimes'))}.`
      : `${pluriel(decisions.length, 'candidature', 'candidatures')}.`,
    tableaux: trierPar(decisions).map(
      ([departement, siennes]): Tableau => ({
        titre: departement === '' ? 'Sans département' : `Département ${departement}`,
        colonnes,
        lignes: siennes.map(ligne),
        total: retenue
          ? [
              '',
              'Total du département',
              nombre(somme(siennes, 'postes')),
              euros(somme(siennes, 'montantCentimes')),
            ]
          : null,
      }),
    ),
  };
};

/** The minutes of a session: every total is the sum of the lines written. */
export const composerProcesVerbal = (
  contenu: ContenuProcesVerbal,
  {
    noms,
    service,
    remplace,
  }: {
    readonly noms: ReadonlyMap<string, string>;
    readonly service: readonly string[];
    /** The day of the minutes that these take the place of. */
    readonly remplace: string | null;
  },
): ProcesVerbal => {
  const { seance, membres, conflits, decisions, nonDecidees, enveloppe } = contenu;
  const [annee = 0, mois = 0, jour = 0] = seance.date.split('-').map(Number);
  const presents = membres.filter(({ present }) => present).length;
  const titres = (Object.keys(resultats) as (keyof typeof resultats)[]).map((resultat) =>
    resultatDe(
      resultat,
      decisions.filter((decision) => decision.resultat === resultat),
    ),
  );
  const nomme = ({ titre, ...reste }: Tableau): Tableau => {
    const code = titre.replace('Département ', '');
    const nom = noms.get(code);
    return { titre: nom === undefined ? titre : `${nom} (${code})`, ...reste };
  };
  return {
    titre: `Procès-verbal de la ${seance.numero === null ? 'séance' : `séance n°\u00a0${seance.numero}`} du ${dateLongue(seance.date)}`,
    remplace:
      remplace === null
        ? null
        : `La séance a été rouverte\u00a0: ce procès-verbal annule et remplace celui du ${dateLongue(remplace)}.`,
    service,
    date: { annee, mois, jour },
    fiche: [
      { nom: 'Vague', valeur: contenu.vague },
      { nom: 'Date', valeur: dateLongue(seance.date) },
      ...(seance.lieu === null ? [] : [{ nom: 'Lieu', valeur: seance.lieu }]),
      { nom: 'Président', valeur: seance.president ?? 'non désigné' },
      ...(seance.ouverteLe === null ? [] : [{ nom: 'Ouverte', valeur: instantLong(seance.ouverteLe) }]),
      ...(seance.closeLe === null ? [] : [{ nom: 'Close', valeur: instantLong(seance.closeLe) }]),
      ...(seance.ordreDuJour === null ? [] : [{ nom: 'Ordre du jour', valeur: seance.ordreDuJour }]),
    ],
    membres: {
      titre: 'Membres',
      colonnes: ['Nom', 'Fonction', 'Présence'],
      lignes: membres.map(({ nom, fonction, present }) => [
        nom,
        fonctions[fonction],
        present ? 'Présent' : 'Absent',
      ]),
      total: null,
    },
    quorum: `${pluriel(presents, 'membre présent', 'membres présents')}, quorum de ${seance.quorum}\u00a0: ${
      presents >= seance.quorum ? 'atteint' : 'non atteint'
    }.`,
    conflits: conflits.map(
      ({ membre, candidature }) =>
        `${membre}\u00a0: candidature n°\u00a0${candidature}. Ce membre n’en a pas connu et n’a pas voté.`,
    ),
    bilan: {
      titre: 'Bilan',
      colonnes: ['Résultat', 'Candidatures', 'Postes', 'Montant'],
      lignes: (Object.keys(resultats) as (keyof typeof resultats)[]).map((resultat) => {
        const siennes = decisions.filter((decision) => decision.resultat === resultat);
        return [
          resultats[resultat],
          nombre(siennes.length),
          nombre(somme(siennes, 'postes')),
          euros(somme(siennes, 'montantCentimes')),
        ];
      }),
      total: [
        'Total',
        nombre(decisions.length),
        nombre(somme(decisions, 'postes')),
        euros(somme(decisions, 'montantCentimes')),
      ],
    },
    resultats: titres
      .filter(({ tableaux }) => tableaux.length > 0)
      .map(({ tableaux, ...reste }) => ({ ...reste, tableaux: tableaux.map(nomme) })),
    enveloppe:
      enveloppe === null
        ? null
        : `Enveloppe «\u00a0${enveloppe.nom}\u00a0»\u00a0: ${euros(enveloppe.engageCentimes)} engagés sur ${euros(enveloppe.montantCentimes)} à la clôture.`,
    nonDecidees:
      nonDecidees.length === 0
        ? 'Aucune\u00a0: la séance a décidé de toutes les candidatures instruites de la vague.'
        : `${pluriel(nonDecidees.length, 'candidature reste', 'candidatures restent')} à décider dans une prochaine séance\u00a0: n°\u00a0${nonDecidees.join(', n°\u00a0')}.`,
    secretaire: membres.find(({ fonction }) => fonction === 'secretaire')?.nom ?? null,
    president: seance.president,
  };
};
