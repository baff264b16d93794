import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type DeclarerCommandes, groupe } from '../platform/cli.ts';
import { pluriel } from '../platform/francais/index.ts';
import { exiger, refuser, reussi } from '../platform/result.ts';
import { importerContours } from './acts.ts';
import { chercherCommunes } from './store.ts';

const lireTexte = (chemin: string) =>
  readFile(chemin, 'utf8').then(reussi, () =>
    refuser('absent', `Le fichier ${chemin} n’existe pas ou ne peut pas être lu.`),
  );

export const commandes: DeclarerCommandes = (programme, outils) => {
  programme
    .command('commune')
    .description('Chercher une commune par le début de son nom ou de son code postal')
    .argument('<texte>', 'début du nom ou du code postal')
    .option('--json', 'en JSON')
    .action(async (texte: string, options: { json?: boolean }) => {
      const communes = await outils.avecBase(({ db }) => chercherCommunes(db, texte));
      if (options.json) return outils.ecrire(JSON.stringify(communes, null, 2));
      if (communes.length === 0) return outils.ecrire('Aucune commune ne commence ainsi.');
      for (const { code, nom, ancienNom, departementNom, departementCode, population } of communes) {
        const former = ancienNom === null ? '' : `, anciennement ${ancienNom}`;
        outils.ecrire(
          `${code} ${nom} – ${departementNom} (${departementCode}), ${pluriel(population, 'habitant', 'habitants')}${former}`,
        );
      }
    });
  groupe(programme, 'importer', 'Importer un fichier')
    .command('contours')
    .description(
      'Importer les contours officiels de départements ou de communes (GeoJSON), et les positions qu’ils donnent',
    )
    .argument('<fichier>', 'fichier GeoJSON, propriétés code/nom ou insee_dep/lib_dep')
    .option('--source <texte>', 'source à citer sous les cartes (par défaut, le nom du fichier)')
    .action(async (fichier: string, options: { source?: string }) => {
      const texte = exiger(await lireTexte(fichier));
      const rapport = await outils.avecBase(async ({ db, acteur }) =>
        exiger(await importerContours(db, acteur, { texte, source: options.source ?? basename(fichier) })),
      );
      const niveau = rapport.niveau === 'departement' ? 'départements' : 'communes';
      outils.ecrire(
        `Contours de ${niveau} : ${rapport.lus} lus, ${rapport.ecrits} écrits, ${pluriel(rapport.positions, 'position mise', 'positions mises')} à jour.`,
      );
      if (rapport.inconnus.length > 0) {
        const names = rapport.inconnus.map(
          ({ code, nom, communeCode }) =>
            `  ${code} ${nom ?? ''}${communeCode ? ` (aujourd’hui ${communeCode})` : ''}`,
        );
        outils.ecrire(
          `${pluriel(rapport.inconnus.length, 'code qui n’est plus', 'codes qui ne sont plus')} en vigueur :\n${names.join('\n')}`,
        );
      }
    });
};
