export { routes } from './routes.tsx';
export { montreLaDemonstration } from './store.ts';
