import { euros, pluriel } from '../../platform/francais/index.ts';
import { type Contenu, nombreDe, type Phrases, texteDe } from '../../platform/historique.ts';

const postes = (contenu: Contenu): string => pluriel(nombreDe(contenu, 'postes'), 'poste', 'postes');

const resultats: Readonly<Record<string, (contenu: Contenu) => string>> = {
  retenue: (contenu) =>
    `Candidature retenue en séance avec ${postes(contenu)}, pour ${euros(nombreDe(contenu, 'montant_centimes'))}`,
  refusee: () => 'Candidature refusée en séance',
  ajournee: () => 'Candidature ajournée en séance',
  liste_attente: (contenu) =>
    `Candidature placée en séance au rang ${nombreDe(contenu, 'rang')} de la liste d’attente`,
};

/** The sentence of each act of the committee. */
export const phrasesComite: Phrases = {
  'seance.ecrire_proces_verbal': () => 'Procès-verbal de la séance écrit',
  'seance.preparer': (contenu) =>
    `Séance préparée\u00a0: ${pluriel(nombreDe(contenu, 'membres'), 'membre', 'membres')}`,
  'seance.modifier': () => 'Séance modifiée avant son ouverture',
  'seance.supprimer': () => 'Séance préparée par erreur supprimée',
  'seance.noter_presences': (contenu) =>
    `Présences notées\u00a0: ${pluriel(nombreDe(contenu, 'presents'), 'membre présent', 'membres présents')}`,
  'seance.ouvrir': () => 'Séance ouverte',
  'seance.clore': () => 'Séance close',
  'seance.rouvrir': () => 'Séance rouverte',
  'deliberation.decider': (contenu) =>
    resultats[texteDe(contenu, 'resultat') ?? '']?.(contenu) ?? 'Candidature décidée en séance',
  'deliberation.annuler': () => 'Décision de la séance annulée',
  'conflit.declarer': () => 'Conflit d’intérêts déclaré',
  'conflit.lever': () => 'Conflit d’intérêts levé',
  'notation.noter': (contenu) =>
    `Candidature notée\u00a0: ${pluriel(nombreDe(contenu, 'criteres'), 'critère', 'critères')}`,
  'candidature.retenir': (contenu) => `Candidature retenue\u00a0: ${postes(contenu)}`,
  'candidature.refuser': () => 'Candidature refusée',
  'candidature.ajourner': () => 'Candidature ajournée',
  'candidature.mettre_en_attente': () => 'Candidature mise sur liste d’attente',
  'candidature.promouvoir': (contenu) =>
    `Candidature de la liste d’attente retenue\u00a0: ${postes(contenu)}`,
  'candidature.rouvrir': () => 'Décision défaite\u00a0: la séance est rouverte',
  'candidature.retirer_decision': () => 'Décision retirée',
};
