import { z } from 'zod';
import { nombre } from '../../platform/francais/index.ts';
import type { Identite } from '../../platform/http/identite.ts';
import type { Page } from '../../platform/http/route.ts';
import { type Fait, faits } from './views/cadre.tsx';

/** Who opens the pages of the committee; the row wall says which sessions. */
export const access = { type: 'role', roles: ['membre_comite', 'administrateur'] } as const;
export const administration = { type: 'role', roles: ['administrateur'] } as const;

export const uuid = z.uuid('n’est pas un identifiant');
export const champFait = z.enum(Object.keys(faits) as [Fait, ...Fait[]]).optional();
export const champVersion = z.coerce.number().int().min(0).max(2_147_483_647);
export const texte = (longueur: number) =>
  z
    .string()
    .trim()
    .max(longueur, `Écrivez ${nombre(longueur)} caractères au plus.`)
    .default('');
export const motifObligatoire = (message: string, longueur = 500) =>
  z
    .string({ error: message })
    .trim()
    .min(1, message)
    .max(longueur, `Écrivez ${nombre(longueur)} caractères au plus.`);
/** None, one or several boxes of a group. */
export const cases = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((choix = []): readonly string[] => [choix].flat());
/** A whole number, or nothing typed. */
export const entierOuVide = (message: string) =>
  z
    .string()
    .trim()
    .default('')
    .transform((saisi, contexte): number | undefined => {
      if (saisi === '') return undefined;
      if (/^\d{1,6}$/.test(saisi)) return Number(saisi);
      contexte.addIssue(message);
      return z.NEVER;
    });

export const estAdministrateur = ({ habilitation }: Identite): boolean =>
  habilitation?.role === 'administrateur';

/** A page of the committee; one that says what is wrong begins its title with it. */
export const pageComite = (
  titre: string,
  fil: Page['fil'],
  contenu: Page['contenu'],
  reste: Pick<Page, 'statut' | 'actualiser'> = {},
): Page => ({
  type: 'page',
  titre: (reste.statut ?? 200) >= 400 ? `Erreur : ${titre}` : titre,
  description: 'Lire, noter et décider les candidatures en comité.',
  fil: [{ texte: 'Mon espace', href: '/espace' }, { texte: 'Comité', href: '/comite' }, ...fil],
  contenu,
  ...reste,
});
