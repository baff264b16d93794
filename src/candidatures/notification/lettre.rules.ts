import { Temporal } from 'temporal-polyfill';
import { dateLongue, duree } from '../../platform/francais/dates.ts';
import { pluriel } from '../../platform/francais/grammaire.ts';
import { euros, pourcentage } from '../../platform/francais/nombres.ts';
import { droitDuRetrait } from '../retrait.rules.ts';
import type { ContenuLettre } from './contenu.rules.ts';
import { tribunalDe } from './juridiction.rules.ts';

/** The préfecture that sends a letter, on the day that it is dated. */
export type Expediteur = {
  readonly service: readonly string[];
  readonly adresse: readonly string[];
  /** Where letters are dated from: « Laon ». */
  readonly lieu: string;
  readonly contact: string | null;
  readonly signataire: {
    readonly nom: string;
    readonly fonction: string;
    readonly delegation: string | null;
  } | null;
  readonly logo: {
    readonly octets: Uint8Array;
    readonly type: 'png' | 'svg' | 'jpeg';
    readonly alt: string;
  } | null;
};

type Section = {
  readonly titre: string;
  readonly paragraphes: readonly string[];
  readonly points: readonly string[];
};

/** A letter as it is drawn; its logo aside. */
export type Lettre = {
  readonly objet: string;
  readonly reference: string;
  readonly service: readonly string[];
  readonly adresse: readonly string[];
  readonly destinataire: readonly string[];
  readonly lieuDate: string;
  readonly date: { readonly annee: number; readonly mois: number; readonly jour: number };
  readonly avant: readonly string[];
  readonly sections: readonly Section[];
  readonly politesse: string;
  readonly signature: {
    readonly avant: readonly string[];
    readonly nom: string | null;
    readonly delegation: string | null;
  };
  readonly contact: string | null;
};

const postesDe = (nombre: number): string =>
  pluriel(nombre, 'poste de conseiller numérique', 'postes de conseiller numérique');
const section = (titre: string, paragraphes: readonly string[], points: readonly string[] = []): Section => ({
  titre,
  paragraphes,
  points,
});
const seanceDe = ({ seance: { numero, date } }: Pick<ContenuLettre, 'seance'>): string =>
  `${numero === null ? 'séance' : `séance n°\u00a0${numero}`} du ${dateLongue(date)}`;

const sorte = ({ type, resultat }: ContenuLettre) => (type === 'decision' ? resultat : type);

const objets = {
  retenue: 'Votre candidature est retenue',
  promotion: 'Votre candidature est retenue depuis la liste d’attente',
  refusee: 'Votre candidature n’est pas retenue',
  ajournee: 'La décision sur votre candidature est ajournée',
  liste_attente: 'Votre candidature est sur liste d’attente',
  retrait: 'La décision qui retenait votre candidature est retirée',
} as const;

/** What the State pays, and by which rule. */
const financement = ({ montantCentimes, postes, regime }: ContenuLettre): readonly string[] => {
  const total = `L’État y consacre ${euros(montantCentimes)} au plus${postes > 1 ? ` pour les ${postesDe(postes)}` : ''}.`;
  if (regime === null) return [total];
  const { mode, dureeMois, plafondCentimes, tauxPourMille } = regime;
  const pendant = dureeMois === null ? '' : `, pendant ${duree(dureeMois)}`;
  const plafond =
    plafondCentimes === null
      ? ''
      : `, dans la limite de ${euros(plafondCentimes)} par poste sur toute la durée`;
  return [
    total,
    mode === 'taux' && tauxPourMille !== null
      ? `Régime «\u00a0taux\u00a0»\u00a0: ${pourcentage(tauxPourMille / 10)} de la rémunération${plafond}${pendant}.`
      : `Régime «\u00a0forfait\u00a0»\u00a0: une subvention par poste${plafond}${pendant}.`,
  ];
};

const accordes = (contenu: ContenuLettre): string => {
  const { postes, candidature } = contenu;
  const moins =
    candidature.postesDemandes !== null && postes < candidature.postesDemandes
      ? ` Vous en demandiez ${candidature.postesDemandes}\u00a0: le surplus n’est pas accordé.`
      : '';
  return `${postesDe(postes)}.${moins}`;
};

/** What is decided, in a sentence or several. */
const decision = (contenu: ContenuLettre): readonly string[] => {
  switch (sorte(contenu)) {
    case 'retenue':
      return [`Le comité retient votre candidature pour ${accordes(contenu)}`, ...financement(contenu)];
    case 'promotion':
      return [
        `Des postes se sont libérés. Votre candidature, qui était sur liste d’attente, est retenue pour ${accordes(contenu)}`,
        ...financement(contenu),
      ];
    case 'refusee':
      return ['Le comité ne retient pas votre candidature.'];
    case 'ajournee':
      return [
        'Le comité ajourne sa décision\u00a0: il l’examinera de nouveau dans une prochaine séance, après un nouvel avis de la préfecture.',
      ];
    case 'liste_attente':
      return [
        `Le comité place votre candidature sur la liste d’attente${contenu.rang === null ? '' : `, au rang ${contenu.rang}`}\u00a0: elle peut être retenue si des postes se libèrent.`,
      ];
    case 'retrait':
      return [
        `La décision de la ${seanceDe(contenu)}, qui retenait votre candidature, est retirée (article ${droitDuRetrait[contenu.fondement ?? 'illegalite'].article} du code des relations entre le public et l’administration). Les postes et le financement qu’elle accordait ne vous sont plus attribués.`,
      ];
  }
};

const suite = (contenu: ContenuLettre, page: string): readonly string[] => {
  switch (sorte(contenu)) {
    case 'retenue':
    case 'promotion':
      return [
        `La préfecture vous indique les étapes de la convention et du recrutement. Suivez-les sur la page de votre candidature\u00a0: ${page}`,
      ];
    case 'refusee':
      return ['Vous pouvez déposer une autre candidature à une prochaine vague.'];
    case 'ajournee':
      return [
        `Apportez ce que les motifs demandent, par un message à la préfecture depuis la page de votre candidature\u00a0: ${page}`,
        'Vous n’avez pas de nouvelle candidature à déposer.',
      ];
    case 'liste_attente':
      return [
        `Vous n’avez rien à faire\u00a0: un courrier vous préviendra si des postes se libèrent. Si vous n’êtes plus candidat, retirez votre candidature depuis sa page\u00a0: ${page}`,
      ];
    case 'retrait':
      return [
        `Pour toute question, écrivez à la préfecture par un message, depuis la page de votre candidature\u00a0: ${page}`,
      ];
  }
};

/** How the decision may be contested (CJA, art. R421-1, R421-5 and R414-2). */
const recours = ({ structure }: ContenuLettre, { adresse }: Expediteur): Section =>
  section(
    'Voies et délais de recours',
    [
      'Vous pouvez contester cette décision dans les deux mois qui suivent la réception de ce courrier\u00a0:',
    ],
    [
      `par un recours gracieux, écrit au préfet${adresse.length === 0 ? '' : ' à l’adresse qui figure en tête'}. Sans réponse dans les deux mois, il est rejeté\u00a0; vous avez alors deux mois de plus pour saisir le tribunal\u00a0;`,
      `par un recours contentieux devant le ${tribunalDe(structure.departement)}, par courrier ou par l’application Télérecours citoyens (www.telerecours.fr).`,
    ],
  );

const signatureDe = ({ signataire, service }: Expediteur): Lettre['signature'] =>
  signataire === null
    ? { avant: service, nom: null, delegation: null }
    : {
        avant: [
          ...(signataire.delegation === null ? [] : ['Pour le préfet et par délégation,']),
          signataire.fonction,
        ],
        nom: signataire.nom,
        delegation: signataire.delegation,
      };

/** The day of an instant, in Paris. */
const jourDe = (instant: string): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO('Europe/Paris').toPlainDate().toString();

const civilites: Readonly<Record<string, string>> = { madame: 'Madame,', monsieur: 'Monsieur,' };

/** The name of a structure; never nothing. */
const nomDe = ({ nom }: ContenuLettre['structure']): string =>
  nom === null || nom === '' ? 'Votre structure' : nom;

const adresseDe = ({ structure, destinataire }: ContenuLettre): readonly string[] => {
  const personne = [destinataire.prenom, destinataire.nom].filter(Boolean).join(' ');
  // As it is typed in an application, the postal code ends the address.
  const [, voie, code] = /^(.*?),?\s*(\d{5})?$/s.exec(structure.adresse ?? '') ?? [];
  const lignes = [
    nomDe(structure),
    [personne, destinataire.fonction].filter(Boolean).join(', '),
    voie ?? '',
    [structure.codePostal ?? code, structure.commune].filter(Boolean).join(' '),
  ];
  return lignes.filter((ligne) => ligne !== '');
};

const remplacement = (lettreDu: string | undefined): readonly string[] =>
  lettreDu === undefined ? [] : [`Cette lettre annule et remplace celle du ${dateLongue(lettreDu)}.`];

/** The letter that tells a decision, its promotion or its withdrawal. `page`: where the structure follows its file. */
export const composerLettre = (
  contenu: ContenuLettre,
  {
    expediteur,
    jour,
    page,
    remplace,
  }: {
    readonly expediteur: Expediteur;
    readonly jour: string;
    readonly page: string;
    /** The day of the letter of the same session that this one takes the place of. */
    readonly remplace?: string | undefined;
  },
): Lettre => {
  const { structure, candidature, vague, motif, destinataire } = contenu;
  const [annee = 0, mois = 0, jourDuMois = 0] = jour.split('-').map(Number);
  const deposee = candidature.deposeeLe === null ? '' : ` le ${dateLongue(jourDe(candidature.deposeeLe))}`;
  const demande = candidature.postesDemandes === null ? '' : `, pour ${postesDe(candidature.postesDemandes)}`;
  return {
    objet: objets[sorte(contenu)],
    reference: `Candidature n°\u00a0${candidature.numero}, ${vague}, ${seanceDe(contenu)}`,
    service: expediteur.service,
    adresse: expediteur.adresse,
    destinataire: adresseDe(contenu),
    lieuDate: `${expediteur.lieu}, le ${dateLongue(jour)}`,
    date: { annee, mois, jour: jourDuMois },
    avant: [
      civilites[destinataire.civilite ?? ''] ?? 'Madame, Monsieur,',
      `Vous avez déposé${deposee} la candidature de «\u00a0${nomDe(structure)}\u00a0»${
        structure.identifiant === null ? '' : ` (${structure.identifiant})`
      } à ${vague}${demande}. Le comité de sélection l’a examinée dans sa ${seanceDe(contenu)}.`,
      ...remplacement(remplace),
    ],
    sections: [
      section('Décision', decision(contenu)),
      ...(motif === null || motif === '' ? [] : [section('Motifs', [motif])]),
      section('Et maintenant', suite(contenu, page)),
      recours(contenu, expediteur),
    ],
    politesse: `Veuillez agréer, ${(civilites[destinataire.civilite ?? ''] ?? 'Madame, Monsieur,').slice(0, -1)}, l’expression de notre considération distinguée.`,
    signature: signatureDe(expediteur),
    contact: expediteur.contact === null ? null : `Contact\u00a0: ${expediteur.contact}`,
  };
};

const nommee = ({ structure, vague }: ContenuLettre): string =>
  `Candidature de «\u00a0${nomDe(structure)}\u00a0», ${vague}\u00a0:`;

/** What the mail that goes with a letter says: what is decided, why, and where the letter is. */
export const composerCourriel = (
  contenu: ContenuLettre,
  remplace?: string,
): { readonly objet: string; readonly paragraphes: readonly string[] } => ({
  objet: `Candidature n°\u00a0${contenu.candidature.numero}\u00a0: ${objets[sorte(contenu)].toLowerCase()}`,
  paragraphes: [
    'Bonjour,',
    nommee(contenu),
    ...decision(contenu),
    ...remplacement(remplace),
    ...(contenu.motif === null || contenu.motif === '' ? [] : [`Motifs\u00a0: ${contenu.motif}`]),
    'La lettre de décision, avec les voies et délais de recours, est à télécharger sur la page de la candidature.',
  ],
});

/** What a structure is told when the session that decided of its application takes its decisions up again. */
export const composerReouverture = (contenu: ContenuLettre, lettreDu: string) => ({
  objet: `Candidature n°\u00a0${contenu.candidature.numero}\u00a0: le comité reprend sa décision`,
  paragraphes: [
    'Bonjour,',
    nommee(contenu),
    `Le comité a rouvert sa ${seanceDe(contenu)}. La décision que vous annonce la lettre du ${dateLongue(lettreDu)} est défaite\u00a0: elle peut être reprise à l’identique, ou changer.`,
    'Vous n’avez rien à faire. N’engagez rien sur la foi de cette lettre\u00a0: un courriel vous dira la nouvelle décision.',
  ],
});

/** What a structure is told when a session closed again decides of its application as before. */
export const composerConfirmation = (contenu: ContenuLettre, lettreDu: string) => ({
  objet: `Candidature n°\u00a0${contenu.candidature.numero}\u00a0: la décision est confirmée`,
  paragraphes: [
    'Bonjour,',
    nommee(contenu),
    `Le comité a clos de nouveau sa ${seanceDe(contenu)}, sans rien changer à votre décision. La lettre du ${dateLongue(lettreDu)} vaut toujours\u00a0: elle ne vous est pas envoyée une seconde fois.`,
  ],
});

/** The name under which a letter is kept and offered. */
export const nomDeLettre = ({ candidature: { numero }, type }: ContenuLettre): string =>
  `${type}-candidature-${numero}.pdf`;
