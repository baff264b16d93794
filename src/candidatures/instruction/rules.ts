import { Temporal } from 'temporal-polyfill';
import { dateLongue } from '../../platform/francais/dates.ts';
import { type Refus, refuser } from '../../platform/result.ts';

/** Which préfecture speaks. */
export type Niveau = 'departement' | 'region';

export const vagueAnnulee =
  'La vague est annulée\u00a0: ses candidatures sont gardées telles quelles et n’iront pas plus loin.';

/** Whether somebody still has to follow an application: not one that was taken back, or that another replaces. */
export const seSuit = (statut: string): boolean => statut !== 'retiree' && statut !== 'doublon';

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

/** Days within which a correction comes back once its wave is closed. */
const joursDeCorrection = 60;

/** Days from and until which a correction may be asked for: tomorrow, and the closing of the wave or 60 days. */
export const bornesDEcheance = (
  jour: string,
  fermeLe: string | null,
): { readonly minimum: string; readonly maximum: string } => {
  const aujourdhui = Temporal.PlainDate.from(jour);
  const delai = aujourdhui.add({ days: joursDeCorrection }).toString();
  return {
    minimum: aujourdhui.add({ days: 1 }).toString(),
    maximum: fermeLe !== null && fermeLe > delai ? fermeLe : delai,
  };
};

/** What the due date of a correction must be; undefined when it is right. */
export const verifierEcheance = (
  echeance: string,
  jour: string,
  fermeLe: string | null,
): Refus<'echeance'> | undefined => {
  const { minimum, maximum } = bornesDEcheance(jour, fermeLe);
  if (echeance < minimum)
    return refuser(
      'echeance',
      'Donnez une date à venir\u00a0: la structure a besoin d’un jour au moins pour répondre.',
    );
  if (echeance > maximum)
    return refuser(
      'echeance',
      `Donnez une date au plus tard le ${dateLongue(maximum)}\u00a0: la candidature ne peut pas attendre davantage.`,
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
