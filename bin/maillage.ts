import { executer } from '../src/main/ligne-de-commande.ts';

process.exitCode = await executer(process.argv.slice(2), process.env);
