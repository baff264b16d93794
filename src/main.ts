import { demarrer } from './main/serveur.ts';

await demarrer();
