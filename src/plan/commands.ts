import { type DeclarerCommandes, groupe, jour } from '../platform/cli.ts';
import { exiger } from '../platform/result.ts';
import { definirPlan } from './acts.ts';

export const commandes: DeclarerCommandes = (programme, outils) => {
  groupe(programme, 'plan', 'Plans départementaux')
    .command('definir')
    .description(
      'Enregistrer le plan départemental dont le déploiement est une mesure ; le communiqué le cite',
    )
    .argument('<departement>', 'code du département')
    .argument('<nom>', 'nom du plan, sans article : « plan départemental de lutte contre l’illettrisme »')
    .requiredOption('--presente-le <date>', 'jour de sa présentation (AAAA-MM-JJ)', jour)
    .option('--feminin', 'le nom est féminin : « stratégie », « feuille de route »')
    .option('--mesure <texte>', 'intitulé de la mesure', 'Déployer des conseillers numériques')
    .action(
      async (
        departement: string,
        nom: string,
        options: { presenteLe: string; feminin?: boolean; mesure: string },
      ) => {
        const { presenteLe, mesure } = options;
        await outils.avecBase(async ({ db, acteur }) =>
          exiger(
            await definirPlan(db, acteur, {
              departement,
              nom,
              presenteLe,
              mesure,
              genre: options.feminin ? 'f' : 'm',
            }),
          ),
        );
        outils.ecrire(`Plan enregistré pour le département ${departement} : ${nom}.`);
      },
    );
};
