export { type LieuPrevu, listLieux, listStructuresCoordonnees } from './store.ts';
