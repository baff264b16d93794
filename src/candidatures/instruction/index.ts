export { routesInstruction } from './routes.tsx';
