export { chargerDemo, chargerDemoAuPremierDemarrage } from './acts.ts';
export { commandes } from './commands.ts';
export { phrases } from './phrases.ts';
