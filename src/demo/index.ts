export { chargerDemo, chargerDemoAuPremierDemarrage, retirerDemo } from './acts.ts';
export { commandes } from './commands.ts';
