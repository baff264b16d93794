export { listes } from './donnees/catalogue.ts';
export { preparerArchive } from './donnees/routes.tsx';
export { filAriane } from './donnees-structurees.ts';
export { routes } from './routes.tsx';
export { montreLaDemonstration } from './store.ts';
