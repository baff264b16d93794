import { basename } from 'node:path';
import { type DeclarerCommandes, groupe } from '../../platform/cli.ts';
import { reconnaitreCsv } from '../../platform/csv.ts';
import { pluriel } from '../../platform/francais/index.ts';
import { exiger } from '../../platform/result.ts';
import { importerFragilite, lireFragilite } from './fragilite.acts.ts';

export const commandesInstruction: DeclarerCommandes = (programme, outils) => {
  groupe(programme, 'fragilite', 'Indice de fragilité numérique des communes')
    .command('importer')
    .description('Importer l’indice de chaque commune (CSV : code_insee;indice)')
    .argument('<fichier>', 'fichier CSV')
    .option('--source <texte>', 'source à citer (par défaut, le nom du fichier)')
    .option('--simulation', 'dire ce qui serait écrit, sans rien écrire')
    .action(async (fichier: string, options: { source?: string; simulation?: boolean }) => {
      const connu = exiger(await reconnaitreCsv(fichier));
      await outils.avecBase(async ({ db, acteur }) => {
        const { lus, indices, rejets } = exiger(await lireFragilite(db, connu));
        for (const { ligne, texte, motif } of rejets) outils.ecrire(`ligne ${ligne} (${texte}) : ${motif}`);
        if (options.simulation !== true)
          exiger(
            await importerFragilite(db, acteur, { indices, source: options.source ?? basename(fichier) }),
          );
        outils.ecrire(
          `${pluriel(lus, 'ligne lue', 'lignes lues')}, ${pluriel(indices.length, 'indice', 'indices')} ${options.simulation === true ? 'à écrire' : pluriel(indices.length, 'écrit', 'écrits').replace(/^\S+\s/, '')}, ${pluriel(rejets.length, 'ligne refusée', 'lignes refusées')}.`,
        );
      });
    });
};
