import type { VNode } from 'preact';
import { pagePrivee } from '../platform/http/page-privee.ts';
import type { DeclaredRoute, Page } from '../platform/http/route.ts';

/** Who administers the whole programme. */
export const access = { type: 'role', roles: ['administrateur'] } as const satisfies DeclaredRoute['access'];

const administration = { texte: 'Administration', href: '/administration' };

/** A page of administration, under its board. */
export const page = (
  titre: string,
  fil: Page['fil'],
  contenu: VNode,
  { statut }: Pick<Page, 'statut'> = {},
): Page =>
  pagePrivee(titre, fil.length === 0 ? [{ texte: titre }] : [administration, ...fil], contenu, {
    description: 'L’administration du service : tâches, courriels, journal.',
    statut,
  });
