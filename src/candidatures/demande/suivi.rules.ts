import { ecrireBorne } from './dates.rules.ts';
import type { Candidature } from './store.ts';

/** Where an application stands and what comes next, in sentences. */
export type Situation = { readonly maintenant: string; readonly ensuite: string | null };

type Suivie = Pick<Candidature, 'statut' | 'vague' | 'decisionRetiree'>;

/** What a wave that is cancelled stops. */
const enCours: readonly Suivie['statut'][] = [
  'brouillon',
  'deposee',
  'en_correction',
  'instruite',
  'ajournee',
  'liste_attente',
];

/** « Votre candidature est à la préfecture » … */
export const situationDe = ({ statut, vague, decisionRetiree }: Suivie): Situation => {
  const cloture = vague.fermeture === null ? 'à la clôture de la vague' : `${ecrireBorne(vague.fermeture)}`;
  if (vague.etat === 'annulee' && enCours.includes(statut))
    return {
      maintenant: 'La vague est annulée\u00a0: votre candidature n’ira pas plus loin.',
      ensuite:
        'Elle est gardée telle quelle\u00a0: vous pourrez la relire pour préparer une prochaine vague.',
    };
  switch (statut) {
    case 'brouillon':
      if (vague.etat === 'close')
        return {
          maintenant: 'Ce brouillon n’a pas été déposé avant la clôture de la vague.',
          ensuite: 'Il est gardé\u00a0: vous pourrez le relire pour préparer une prochaine vague.',
        };
      return {
        maintenant: 'C’est un brouillon\u00a0: la préfecture ne le voit pas encore.',
        ensuite:
          vague.fermeture === null
            ? 'Déposez-le avant la clôture de la vague.'
            : `Déposez-le au plus tard ${cloture}.`,
      };
    case 'deposee':
      return {
        maintenant: 'Elle est déposée\u00a0: la préfecture l’instruit.',
        ensuite:
          vague.etat === 'ouverte'
            ? `Vous pouvez encore la modifier jusqu’à la clôture (${cloture}). Ensuite la préfecture rend son avis, puis le comité de sélection décide.`
            : 'La préfecture rend son avis, puis le comité de sélection décide.',
      };
    case 'en_correction':
      return {
        maintenant: 'La préfecture vous demande une correction.',
        ensuite: 'Une fois la correction renvoyée, l’instruction reprend.',
      };
    case 'instruite':
      return {
        maintenant: 'La préfecture a rendu son avis.',
        ensuite: 'Le comité de sélection l’examinera à une prochaine séance. Sa décision vous sera notifiée.',
      };
    case 'retenue':
      return {
        maintenant: 'Votre candidature est retenue.',
        ensuite: 'La décision et ses suites sont dans la lettre de notification.',
      };
    case 'refusee':
      if (decisionRetiree)
        return {
          maintenant: 'La décision qui retenait votre candidature est retirée.',
          ensuite: 'La lettre de retrait dit pourquoi, et comment la contester.',
        };
      return {
        maintenant: 'Votre candidature n’est pas retenue.',
        ensuite: 'La lettre de notification dit pourquoi.',
      };
    case 'ajournee':
      return {
        maintenant: 'Le comité a ajourné sa décision.',
        ensuite:
          'Apportez ce que le motif demande, par un message à la préfecture\u00a0: elle rendra un nouvel avis, puis le comité examinera de nouveau la candidature.',
      };
    case 'liste_attente':
      return {
        maintenant: 'Votre candidature est sur liste d’attente.',
        ensuite: 'Si des postes se libèrent, elle pourra être retenue\u00a0: vous en serez prévenu.',
      };
    case 'abandonnee':
      return { maintenant: 'Ce brouillon est abandonné.', ensuite: null };
    case 'retiree':
      return { maintenant: 'Vous avez retiré cette candidature.', ensuite: null };
    case 'doublon':
      return {
        maintenant: 'Cette candidature est un doublon.',
        ensuite: 'L’autre candidature est suivie à sa place.',
      };
    case 'desistee':
      return { maintenant: 'Vous avez renoncé aux postes obtenus.', ensuite: null };
  }
};
