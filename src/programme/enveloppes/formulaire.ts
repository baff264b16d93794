import { z } from 'zod';
import { typographier } from '../../platform/francais/index.ts';
import { type Centimes, centimes } from '../../platform/money.ts';

const exemple = 'par exemple 250\u00a0000\u00a0000 ou 4\u00a0805,50';

/** An amount as people type it: « 250 000 000 », « 4 805,50 € ». */
const montant = z
  .string({ error: `Écrivez le montant en euros, ${exemple}.` })
  .transform((brut, contexte): Centimes => {
    const lu = brut.replace(/[\s\u00a0\u202f€]/g, '').replace(',', '.');
    // Under a hundred billion euros, so that the sum of a few stays exact.
    if (/^\d{1,11}(\.\d{1,2})?$/.test(lu) && Number(lu) > 0) return centimes(Math.round(Number(lu) * 100));
    contexte.addIssue(
      /^\d{12,}/.test(lu)
        ? 'Ce montant est trop grand\u00a0: moins de cent milliards d’euros.'
        : `Écrivez un montant en euros, plus grand que zéro, ${exemple}.`,
    );
    return z.NEVER;
  });

const manque = 'Écrivez le nom de l’enveloppe.';
export const champsNouvelle = z.object({
  nom: z
    .string({ error: manque })
    .trim()
    .min(1, manque)
    .max(200, 'Ce nom est trop long\u00a0: 200 caractères au plus.')
    .transform(typographier),
  montant,
});

const motif = 'Donnez le motif\u00a0: il est demandé pour changer l’enveloppe.';
export const champsModifiee = champsNouvelle.extend({
  vu: z.coerce.number().int().catch(-1),
  motif: z
    .string({ error: motif })
    .trim()
    .min(1, motif)
    .max(2000, 'Ce texte est trop long\u00a0: 2\u00a0000 caractères au plus.'),
});
