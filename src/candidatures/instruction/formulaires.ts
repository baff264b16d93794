import { z } from 'zod';
import { dateDuDomaine } from '../../platform/dates.ts';

/** The row version that the form was made from. */
export const version = z.coerce.number().int().min(1);

/** A text that must be there. */
export const texteRequis = (message: string, longueur: number) =>
  z
    .string({ error: message })
    .trim()
    .min(1, message)
    .max(longueur, `Ce texte est trop long : ${longueur} signes au plus.`);

export const motif = texteRequis('Donnez le motif : il est gardé dans l’historique.', 1000);

/** Statut of the page that says a refusal. */
export const statutDuRefus = (refus: string): 400 | 409 =>
  refus === 'version' || refus === 'etat' ? 409 : 400;

const prefixe = 'champ.';

/** The boxes ticked in a form, each under its own name: what was ticked comes back after a refusal. */
export const cochesDe = (saisie: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.keys(saisie).flatMap((nom) => (nom.startsWith(prefixe) ? [nom.slice(prefixe.length)] : []));

const correction = z.looseObject({
  message: texteRequis('Écrivez ce que vous demandez à la structure.', 5000),
  echeance: z
    .string({ error: 'Donnez la date pour laquelle vous attendez la réponse.' })
    .regex(/^20\d\d-\d\d-\d\d$/, 'Donnez la date pour laquelle vous attendez la réponse.')
    .refine((jour) => dateDuDomaine.safeParse(jour).success, 'Donnez une date qui existe.'),
});

/** What is asked again of a structure. */
export const champsCorrection = correction.transform((lu) => ({
  message: lu.message,
  echeance: lu.echeance,
  champs: cochesDe(lu),
}));

/** Another text and another date for what is asked. */
export const champsCorrectionChangee = correction.extend({ correction: z.uuid() });

export const champsCorrectionDUneFiche = correction.extend({ version }).transform((lu) => ({
  version: lu.version,
  message: lu.message,
  echeance: lu.echeance,
  champs: cochesDe(lu),
}));
