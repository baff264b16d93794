export { aFaireInstruction } from './a-faire.ts';
export { commandesInstruction } from './commands.ts';
export { taches as tachesInstruction } from './relances.taches.ts';
export { routesInstruction } from './routes.tsx';
