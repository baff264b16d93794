import type { VNode } from 'preact';
import type { Page } from './route.ts';

/** A page of somebody's workspace: under it in the breadcrumb, whatever the room. */
export const pagePrivee = (
  titre: string,
  fil: Page['fil'],
  contenu: VNode,
  reste: Pick<Page, 'description'> & {
    readonly statut?: Page['statut'] | undefined;
    readonly actualiser?: number | undefined;
  },
): Page => {
  const { description, statut, actualiser } = reste;
  return {
    type: 'page',
    titre,
    description,
    fil: [{ texte: 'Mon espace', href: '/espace' }, ...fil],
    contenu,
    ...(statut === undefined ? {} : { statut }),
    ...(actualiser === undefined ? {} : { actualiser }),
  };
};
