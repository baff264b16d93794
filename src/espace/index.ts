export { creerRoutes } from './routes.tsx';
export { type EtatDeService, etatsDuService, type LireEtat } from './service.store.ts';
