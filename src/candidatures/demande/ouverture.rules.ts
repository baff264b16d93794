import type { EtatCandidature } from '../workflow.ts';
import type { SaisieCandidature } from './champ.ts';

type Situation = {
  readonly statut: EtatCandidature;
  readonly vague: { readonly etat: string };
  readonly correction: { readonly champs: readonly string[] } | null;
};

/** What may be written of an application now, by its structure. */
export type Ouverture =
  | { readonly mode: 'brouillon' | 'modification' }
  /** These fields alone. */
  | { readonly mode: 'correction'; readonly champs: readonly string[] }
  | { readonly mode: 'lecture'; readonly raison: string };

const vagueAnnulee =
  'La vague est annulée\u00a0: la candidature est gardée telle quelle, vous pouvez la relire, mais elle n’ira pas plus loin.';

/** A draft until the wave closes; what was submitted too; then what the préfecture asks for, and nothing else. */
export const ouvertureDe = ({ statut, vague, correction }: Situation): Ouverture => {
  switch (statut) {
    case 'brouillon':
      if (vague.etat === 'ouverte' || vague.etat === 'a_venir') return { mode: 'brouillon' };
      if (vague.etat === 'annulee') return { mode: 'lecture', raison: vagueAnnulee };
      return {
        mode: 'lecture',
        raison:
          'La vague est close\u00a0: ce brouillon n’a pas été déposé à temps. Il est gardé, vous pouvez le relire, mais il ne peut plus être déposé.',
      };
    case 'deposee':
    case 'instruite':
      if (vague.etat === 'ouverte') return { mode: 'modification' };
      if (vague.etat === 'annulee') return { mode: 'lecture', raison: vagueAnnulee };
      return {
        mode: 'lecture',
        raison:
          'La vague est close\u00a0: la candidature est celle que vous avez déposée. Si la préfecture demande une correction, elle se fera ici.',
      };
    case 'en_correction':
      if (vague.etat === 'annulee') return { mode: 'lecture', raison: vagueAnnulee };
      if (correction !== null) return { mode: 'correction', champs: correction.champs };
      return { mode: 'lecture', raison: 'La préfecture prépare sa demande de correction.' };
    case 'abandonnee':
      return { mode: 'lecture', raison: 'Ce brouillon est abandonné.' };
    case 'retiree':
      return { mode: 'lecture', raison: 'Cette candidature est retirée.' };
    case 'doublon':
      return {
        mode: 'lecture',
        raison: 'Cette candidature est un doublon\u00a0: l’autre est suivie à sa place.',
      };
    case 'desistee':
      return { mode: 'lecture', raison: 'La structure s’est désistée.' };
    default:
      return {
        mode: 'lecture',
        raison: 'Cette candidature est passée devant le comité\u00a0: elle ne change plus.',
      };
  }
};

/**
 * What is typed of an application that counts as things stand. What was changed and never submitted again does not come
 * in with a correction of something else, and is no part of what is read once the wave is closed.
 */
export const saisieEnVigueur = (
  ouverture: Ouverture,
  tapee: SaisieCandidature,
  deposee: SaisieCandidature | null,
): SaisieCandidature => {
  if (deposee === null) return tapee;
  switch (ouverture.mode) {
    case 'correction': {
      const ouverts = new Set(ouverture.champs);
      return Object.fromEntries([
        ...Object.entries(deposee).filter(([nom]) => !ouverts.has(nom)),
        ...Object.entries(tapee).filter(([nom]) => ouverts.has(nom)),
      ]);
    }
    case 'lecture':
      return deposee;
    default:
      return tapee;
  }
};

/** How a structure goes out of an application, from where it stands. */
export const sortieDe = (statut: EtatCandidature): 'abandonner' | 'retirer' | 'se_desister' | undefined => {
  switch (statut) {
    case 'brouillon':
      return 'abandonner';
    case 'retenue':
      return 'se_desister';
    case 'deposee':
    case 'en_correction':
    case 'instruite':
    case 'ajournee':
    case 'liste_attente':
      return 'retirer';
    default:
      return undefined;
  }
};
