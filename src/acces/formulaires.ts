import { z } from 'zod';
import { nombre } from '../platform/francais/index.ts';
import type { Refus } from '../platform/result.ts';
import type { ErreursFormulaire } from '../platform/views/champs.tsx';
import { lireJourEcrit } from './invitations/invitations.rules.ts';
import { rolesAttribuables } from './rules.ts';

/** A short text that must be there. */
export const texteRequis = (message: string, longueur = 100) =>
  z
    .string({ error: message })
    .trim()
    .min(1, message)
    .max(longueur, `Écrivez ${nombre(longueur)} caractères au plus.`);

export const champMotif = texteRequis('Écrivez pourquoi, en quelques mots.', 500);

/** A day, or none. */
export const champJour = z
  .string()
  .default('')
  .transform((texte, contexte): string | null => {
    if (texte.trim() === '') return null;
    const jour = lireJourEcrit(texte);
    if (jour !== undefined) return jour;
    contexte.addIssue('Écrivez une date, par exemple 31/12/2027.');
    return z.NEVER;
  });

export const roleManquant = 'Choisissez un rôle.';
export const champRole = z.enum(rolesAttribuables, { error: roleManquant });

export const champPerimetre = z.string().trim().max(200, 'Écrivez 200 caractères au plus.').default('');

/** The row version that the form was drawn from. */
export const champVersion = z.coerce.number().int();

export const identifiant = z.uuid('n’est pas un identifiant');

/** The field that a refusal of an act is about. */
const champsDeRefus: Readonly<Record<string, string>> = {
  droits: 'perimetre',
  perimetre: 'perimetre',
  date: 'fin',
  suppleance: 'fin',
  courriel: 'courriel',
  deja: 'courriel',
  invitee: 'courriel',
  desactivee: 'courriel',
};

/** A refusal as the error of a form, on its field where the form has it. */
export const erreurDeRefus = (
  { refus, message }: Refus,
  champs: readonly [string, ...string[]],
): ErreursFormulaire => {
  const champ = champsDeRefus[refus] ?? refus;
  return { [champs.includes(champ) ? champ : champs[0]]: message };
};
