import { type DeclarerCommandes, groupe } from '../platform/cli.ts';
import { lireCsv, reconnaitreCsv } from '../platform/csv.ts';
import { enTransaction } from '../platform/database/index.ts';
import { pluriel } from '../platform/francais/index.ts';
import { exiger, refuser } from '../platform/result.ts';
import { definirLibelle } from './acts.ts';
import { libellePublic } from './rules.ts';
import { listLibellesARelire } from './store.ts';

export const commandes: DeclarerCommandes = (programme, outils) => {
  const structure = groupe(programme, 'structure', 'Structures d’accueil');
  structure
    .command('a-relire')
    .description('Lister les libellés publics à relire d’un département, prêts à corriger (CSV)')
    .argument('<departement>', 'code du département')
    .action(async (departement: string) => {
      const rows = await outils.avecBase(({ db }) => listLibellesARelire(db, departement.toUpperCase()));
      const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
      outils.ecrire(
        [
          'siret;libelle',
          ...rows.map((row) => `${row.identifiant ?? row.id};${quote(libellePublic(row))}`),
        ].join('\n'),
      );
    });
  structure
    .command('libelle')
    .description('Écrire le libellé public d’une structure, sans article : « tiers-lieu de Gauchy »')
    .argument('<siret>', 'SIRET de la structure')
    .argument('<libelle>', 'libellé public')
    .action(async (identifiant: string, libelle: string) => {
      const written = await outils.avecBase(async ({ db, acteur }) =>
        exiger(await definirLibelle(db, acteur, { identifiant, libelle })),
      );
      outils.ecrire(`Libellé enregistré : ${written}`);
    });
  structure
    .command('libelles')
    .description('Écrire tous les libellés publics d’un fichier CSV (colonnes siret et libelle), ou aucun')
    .argument('<fichier>', 'fichier CSV')
    .action(async (chemin: string) => {
      const fichier = exiger(await reconnaitreCsv(chemin));
      let count = 0;
      await outils.avecBase(({ db, acteur }) =>
        enTransaction(db, async (transaction) => {
          let columns = { siret: -1, libelle: -1 };
          for await (const { numero, ligne, valeurs } of lireCsv(fichier)) {
            if (numero === 0) {
              columns = { siret: valeurs.indexOf('siret'), libelle: valeurs.indexOf('libelle') };
              if (columns.siret < 0 || columns.libelle < 0)
                exiger(
                  refuser('colonnes', 'La première ligne doit nommer les colonnes « siret » et « libelle ».'),
                );
              continue;
            }
            const done = await definirLibelle(transaction, acteur, {
              identifiant: valeurs[columns.siret] ?? '',
              libelle: valeurs[columns.libelle] ?? '',
            });
            if (!done.ok)
              exiger(refuser(done.refus, `Ligne ${ligne} : ${done.message} Rien n’a été enregistré.`));
            count += 1;
          }
        }),
      );
      outils.ecrire(`${pluriel(count, 'libellé enregistré', 'libellés enregistrés')}.`);
    });
};
