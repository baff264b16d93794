import type { DeclaredRoute } from '../platform/http/route.ts';
import { creerRoutesCandidater } from './candidater/routes.tsx';
import { routesEnveloppes } from './enveloppes/routes.tsx';
import { routesRegimes } from './regimes/routes.tsx';
import type { EtapeDemandee } from './vagues/formulaire.rules.ts';
import { creerRoutesVagues } from './vagues/routes.tsx';

/** The pages of the programme; `noyau`: the core of the form, that the room of applications declares. */
export const creerRoutes = (noyau: readonly EtapeDemandee[]): readonly DeclaredRoute[] => [
  ...creerRoutesCandidater(noyau),
  ...routesRegimes,
  ...routesEnveloppes,
  ...creerRoutesVagues(noyau),
];
