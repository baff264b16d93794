import { type DeclarerCommandes, groupe } from '../platform/cli.ts';
import { exiger } from '../platform/result.ts';
import { creerAdministrateur, donnerLien } from './roles/administrateur.acts.ts';
import { minutesDuLien } from './rules.ts';

export const commandes: DeclarerCommandes = (programme, outils) => {
  groupe(programme, 'administrateur', 'Les administrateurs du programme')
    .command('creer')
    .description('Créer un administrateur, et donner le lien de sa première connexion')
    .requiredOption('--courriel <adresse>', 'son adresse électronique')
    .requiredOption('--prenom <prenom>', 'son prénom')
    .requiredOption('--nom <nom>', 'son nom')
    .action((options: { courriel: string; prenom: string; nom: string }) =>
      outils.avecBase(async ({ db, acces, acteur }) => {
        const { personne } = exiger(await creerAdministrateur(db, acteur, options));
        outils.dire(
          `${options.prenom} ${options.nom} est administrateur. Lien de connexion, valable ${minutesDuLien} minutes, à ouvrir pendant que Maillage est démarré :`,
        );
        outils.ecrire(await donnerLien(acces, personne, outils.adresse));
      }),
    );
};
