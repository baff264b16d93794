import { liste, nombre, pluriel } from '../../platform/francais/index.ts';
import type { Contrainte, Explication, HorsDuCalcul, Poids } from './rules.ts';

export type Noms = {
  /** Names of territories by key: « de l’Aisne », « de la région Hauts-de-France ». */
  readonly territoire: (cle: string) => string;
  /** Name of the structure of a file. */
  readonly structure: (id: string) => string | undefined;
};

const points = (valeur: number): string =>
  `${nombre(valeur, 1)} ${Math.abs(valeur) < 2 ? 'point' : 'points'}`;

const contrainte = (cle: Contrainte, noms: Noms): string => {
  switch (cle) {
    case 'plafond':
      return 'elle reçoit tout ce que la préfecture propose';
    case 'enveloppe':
      return 'l’enveloppe ne paie pas un poste de plus';
    case 'objectif':
      return 'l’objectif de postes est atteint';
    default:
      return `le quota ${noms.territoire(cle)} est atteint`;
  }
};

const raisons: Readonly<Record<HorsDuCalcul, string>> = {
  verification:
    'le numéro de la structure n’est pas encore vérifié. Confirmez-le, puis demandez une autre proposition.',
  avis: 'l’avis de la préfecture est défavorable. Un avis favorable l’y ferait entrer ; le comité peut décider autrement.',
  regime:
    'aucun régime de financement en vigueur le jour de la séance ne s’applique à elle. Il en faut un, ou un autre régime souhaité.',
};

/** Why a file is in or out and what would have to change, in sentences. */
export const enPhrases = (explication: Explication, poids: Poids, noms: Noms): readonly string[] => {
  const { postes, plafond, contraintes, valeur, seuil, face, hors } = explication;
  if (hors !== undefined) return [`Hors de la proposition\u00a0: ${raisons[hors]}`];
  const autre = (face === null ? undefined : noms.structure(face)) ?? 'un autre dossier';
  const partagees = contraintes.filter((cle) => cle !== 'plafond');
  const ouverture =
    postes === 0
      ? 'Hors de la proposition'
      : postes < plafond
        ? `Reçoit ${pluriel(postes, 'poste', 'postes')} sur ${plafond}`
        : `Reçoit ${plafond === 1 ? 'le poste proposé' : `les ${plafond} postes proposés`}`;
  const pourquoi =
    postes >= plafond || partagees.length === 0
      ? `${ouverture}.`
      : `${ouverture}\u00a0: ${liste(partagees.map((cle) => contrainte(cle, noms)))}.`;
  if (postes >= plafond)
    return [
      pourquoi,
      ...(seuil === null
        ? []
        : [
            `Son dernier poste rapporte ${points(valeur)}\u00a0; le premier qui attend pourrait le prendre à ${points(seuil)} (${autre})\u00a0: la marge est de ${points(valeur - seuil)}.`,
          ]),
    ];
  if (seuil === null)
    return [
      pourquoi,
      'Aucun échange avec un seul autre dossier n’est possible sans dépasser une limite ou passer sous un minimum.',
    ];
  const ecart = Math.max(0, seuil - valeur);
  // A mark out of five more in every criterion earns a fifth of their weight.
  const notes = poids.criteres === 0 ? undefined : (ecart / poids.criteres) * 5;
  return [
    pourquoi,
    `Un poste de plus rapporterait ${points(valeur)}\u00a0; le moins utile de ceux qu’il pourrait remplacer en rapporte ${points(seuil)} (${autre})\u00a0: il manque ${points(ecart)}.`,
    ...(notes === undefined || ecart === 0
      ? []
      : [
          notes <= 5
            ? `Il faudrait, par exemple, ${nombre(notes, 1)} de plus sur 5 en moyenne aux critères.`
            : 'Les notes seules n’y suffiraient pas.',
        ]),
  ];
};
