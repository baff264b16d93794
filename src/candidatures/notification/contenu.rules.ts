import { z } from 'zod';
import { fondementsDeRetrait } from '../retrait.rules.ts';

const texte = z.string().nullable();

const seance = z.object({ numero: z.int().nullable(), date: z.iso.date(), lieu: texte, president: texte });
const structure = z.object({
  id: z.uuid(),
  identifiant: texte,
  nom: texte,
  adresse: texte,
  codePostal: texte,
  commune: texte,
  departement: texte,
});
const resultat = z.enum(['retenue', 'refusee', 'ajournee', 'liste_attente']);

/** What a letter tells, as its closing kept it. */
export const contenuLettre = z.object({
  type: z.enum(['decision', 'promotion', 'retrait']),
  seance,
  vague: z.string(),
  structure,
  destinataire: z.object({ civilite: texte, prenom: texte, nom: texte, fonction: texte, courriel: texte }),
  candidature: z.object({ numero: z.int(), deposeeLe: texte, postesDemandes: z.int().nullable() }),
  resultat,
  postes: z.int(),
  montantCentimes: z.int(),
  regime: z
    .object({
      mode: z.enum(['forfait', 'taux']),
      dureeMois: z.int().nullable(),
      plafondCentimes: z.int().nullable(),
      tauxPourMille: z.int().nullable(),
    })
    .nullable(),
  motif: texte,
  rang: z.int().nullable(),
  /** Of a withdrawal; letters written before it was asked said the decision unlawful. */
  fondement: z.enum(fondementsDeRetrait).nullish(),
});
export type ContenuLettre = z.infer<typeof contenuLettre>;

/** What the minutes of a session tell, as its closing kept it. */
export const contenuProcesVerbal = z.object({
  seance: seance.extend({
    ordreDuJour: texte,
    quorum: z.int(),
    ouverteLe: texte,
    closeLe: texte,
  }),
  vague: z.string(),
  membres: z.array(
    z.object({
      nom: z.string(),
      fonction: z.enum(['president', 'secretaire', 'membre']),
      present: z.boolean(),
    }),
  ),
  conflits: z.array(z.object({ membre: z.string(), candidature: z.int() })),
  enveloppe: z.object({ nom: z.string(), montantCentimes: z.int(), engageCentimes: z.int() }).nullable(),
  decisions: z.array(
    z.object({
      candidature: z.int(),
      structure,
      resultat,
      postes: z.int(),
      montantCentimes: z.int(),
      motif: texte,
      rang: z.int().nullable(),
    }),
  ),
  nonDecidees: z.array(z.int()),
});
export type ContenuProcesVerbal = z.infer<typeof contenuProcesVerbal>;
