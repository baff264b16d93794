import { writeFile } from 'node:fs/promises';
import { type DeclarerCommandes, entier, groupe, instant, jour } from '../platform/cli.ts';
import { enTransaction } from '../platform/database/index.ts';
import { pluriel, pourcentage } from '../platform/francais/index.ts';
import { exiger } from '../platform/result.ts';
import { annoncerSeance, rattacherSeance } from './acts.ts';
import { importerCoselec } from './import/acts.ts';
import { ecrireRapportJson, rapportTexte, rejetsCsv } from './import/rapport.ts';
import { commandesInstruction } from './instruction/index.ts';
import { listSeances } from './store.ts';

type OptionsImport = { readonly simulation?: boolean; readonly rapport?: string; readonly rejets?: string };

export const commandes: DeclarerCommandes = (programme, outils) => {
  commandesInstruction(programme, outils);
  groupe(programme, 'importer', 'Importer un fichier')
    .command('coselec')
    .description('Importer les décisions du comité de sélection (le CSV publié)')
    .argument('<fichier>', 'fichier CSV')
    .option('--simulation', 'dire ce qui changerait, sans rien écrire')
    .option('--rapport <fichier>', 'écrire le rapport complet en JSON')
    .option('--rejets <fichier>', 'écrire les lignes rejetées en CSV, avec leurs motifs')
    .action(async (fichier: string, options: OptionsImport) => {
      const simulation = options.simulation === true;
      let texte = '';
      const fait = await outils.avecBase(async ({ db, acteur }) => {
        const result = await importerCoselec(db, acteur, {
          chemin: fichier,
          simulation,
          onProgres: (lus, total) =>
            outils.progres(`Lecture : ${pourcentage(Math.floor((100 * lus) / total))}`),
          onRapport: async (rapport) => {
            outils.progres('');
            texte = await rapportTexte(rapport, simulation);
            if (options.rapport) await ecrireRapportJson(options.rapport, rapport, simulation);
            if (options.rejets)
              await writeFile(options.rejets, rejetsCsv(rapport.entetes, await rapport.rejets()));
          },
        });
        outils.progres('');
        return exiger(result);
      });
      outils.ecrire(texte);
      if (fait.lien !== null)
        outils.ecrire(`\nRapport en ligne, pendant 30 jours : ${outils.adresse}/imports/${fait.lien}`);
    });

  const seance = groupe(programme, 'seance', 'Séances du comité');
  seance
    .command('lister')
    .description('Lister les séances connues, avec ce qui en est annoncé')
    .action(async () => {
      const rows = await outils.avecBase(({ db }) => listSeances(db));
      if (rows.length === 0) return outils.ecrire('Aucune séance connue : importez le fichier du comité.');
      for (const { date, decisions, publiques, vague } of rows) {
        outils.ecrire(
          `${date} : ${pluriel(decisions, 'décision', 'décisions')}, dont ${pluriel(publiques, 'annoncée', 'annoncées')}${vague === null ? '' : `, «\u00a0${vague}\u00a0»`}`,
        );
      }
    });
  seance
    .command('vague')
    .description('Rattacher une séance à la vague qu’elle décide')
    .argument('<date>', 'date de la séance (AAAA-MM-JJ)', jour)
    .argument('<rang>', 'rang de la vague', entier)
    .action(async (date: string, rang: number) => {
      await outils.avecBase(async ({ db, acteur }) =>
        exiger(await rattacherSeance(db, acteur, { seance: date, rang })),
      );
      outils.ecrire(`Séance du ${date} rattachée à la vague ${rang}.`);
    });
  seance
    .command('publier')
    .description('Annoncer les décisions d’une séance : elles deviennent publiques à l’instant donné')
    .argument('<date>', 'date de la séance (AAAA-MM-JJ)', jour)
    .option('--departement <code>', 'seulement ce département')
    .option('--instant <instant>', 'à partir de quand (par défaut, tout de suite)', instant)
    .action(async (date: string, options: { departement?: string; instant?: string }) => {
      const when = options.instant ?? outils.clock().toString();
      const fait = await outils.avecBase(({ db, acteur }) =>
        enTransaction(db, async (transaction) =>
          exiger(
            await annoncerSeance(transaction, acteur, {
              seance: date,
              instant: when,
              ...(options.departement ? { departement: options.departement } : {}),
            }),
          ),
        ),
      );
      const already = fait.total - fait.annoncees;
      const rest =
        already > 0 ? ` ; ${pluriel(already, 'était déjà publique', 'étaient déjà publiques')}` : '';
      outils.ecrire(`${pluriel(fait.annoncees, 'décision annoncée', 'décisions annoncées')}${rest}.`);
    });
};
