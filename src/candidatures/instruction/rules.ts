import { type Refus, refuser } from '../../platform/result.ts';

/** Which préfecture speaks. */
export type Niveau = 'departement' | 'region';

export const vagueAnnulee =
  'La vague est annulée\u00a0: ses candidatures sont gardées telles quelles et n’iront pas plus loin.';

export type AvisDemande = {
  readonly favorable: boolean;
  readonly postes: number;
  readonly commentaire: string;
};

/** What an opinion must be; undefined when it is right. */
export const verifierAvis = (
  { favorable, postes, commentaire }: AvisDemande,
  demandes: number,
): Refus<'postes' | 'commentaire'> | undefined => {
  if (commentaire.trim() === '')
    return refuser('commentaire', 'Écrivez pourquoi : l’avis est lu par le comité.');
  if (!favorable && postes > 0)
    return refuser('postes', 'Un avis défavorable ne propose aucun poste : laissez le nombre vide.');
  if (favorable && postes < 1)
    return refuser('postes', 'Un avis favorable propose au moins un poste : écrivez combien.');
  if (postes > demandes)
    return refuser(
      'postes',
      `La structure demande ${demandes} ${demandes > 1 ? 'postes' : 'poste'} : l’avis ne peut pas en proposer davantage. Si elle en veut plus, faites corriger sa demande.`,
    );
  return undefined;
};

/** An opinion on an earlier submission: the structure submitted again since, and another is awaited. Instants in ISO. */
export const avisDepasse = (
  statut: string,
  { renduLe, deposeeLe }: { readonly renduLe: string; readonly deposeeLe: string },
): boolean => statut === 'deposee' && renduLe < deposeeLe;

/** How a likeness is said. */
export const raisonsDeDoublon = {
  meme_structure: 'même SIRET, dans une autre vague',
  meme_siren: 'même SIREN',
  nom_proche: 'nom proche, même commune',
} as const;
export type RaisonDeDoublon = keyof typeof raisonsDeDoublon;
