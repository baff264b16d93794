import type { VNode } from 'preact';
import type { DeclaredRoute, Page } from '../platform/http/route.ts';

/** Who administers the whole programme. */
export const access = { type: 'role', roles: ['administrateur'] } as const satisfies DeclaredRoute['access'];

const administration = { texte: 'Administration', href: '/administration' };

/** A page of administration, under its board. */
export const page = (
  titre: string,
  fil: Page['fil'],
  contenu: VNode,
  reste: Pick<Page, 'statut'> = {},
): Page => ({
  type: 'page',
  titre,
  description: 'L’administration du service : tâches, courriels, journal.',
  fil: [administration, ...fil],
  contenu,
  ...reste,
});
