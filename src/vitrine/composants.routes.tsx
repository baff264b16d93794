import { z } from 'zod';
import { type DeclaredRoute, defineRoute } from '../platform/http/route.ts';
import { PageComposants } from './views/page-composants.tsx';

/** The parts of the interface, for whoever works on it. */
export const routesComposants: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/composants',
    access: { type: 'public' },
    input: z.object({}),
    handler: async () => ({
      type: 'page',
      titre: 'Composants de l’interface',
      description: 'Les composants dont les pages de Maillage sont faites, dans tous leurs états.',
      noindex: true,
      fil: [{ texte: 'Accueil', href: '/' }, { texte: 'Composants de l’interface' }],
      contenu: <PageComposants />,
    }),
  }),
];
