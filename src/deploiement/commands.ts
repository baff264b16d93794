import { type DeclarerCommandes, groupe } from '../platform/cli.ts';
import { pluriel } from '../platform/francais/index.ts';
import { exiger } from '../platform/result.ts';
import { definirLieux } from './acts.ts';

export const commandes: DeclarerCommandes = (programme, outils) => {
  groupe(programme, 'structure', 'Structures d’accueil')
    .command('lieux')
    .description(
      'Dire où iront les postes d’une structure ; le communiqué le reprend pour l’assemblée du département',
    )
    .argument('<siret>', 'SIRET de la structure')
    .argument('[lieux...]', 'lieux, avec leur article : « la bibliothèque départementale »')
    .option('--itinerant', 'les conseillers iront d’un lieu à l’autre')
    .option('--coordinateur', 'un coordinateur animera l’équipe')
    .action(
      async (
        identifiant: string,
        lieux: readonly string[],
        options: { itinerant?: boolean; coordinateur?: boolean },
      ) => {
        const { itinerant = false, coordinateur = false } = options;
        await outils.avecBase(async ({ db, acteur }) =>
          exiger(await definirLieux(db, acteur, { identifiant, lieux, itinerant, coordinateur })),
        );
        outils.ecrire(
          `${pluriel(lieux.length, 'lieu enregistré', 'lieux enregistrés')}${coordinateur ? ', avec un coordinateur' : ''}.`,
        );
      },
    );
};
