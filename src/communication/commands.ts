import { readFile, writeFile } from 'node:fs/promises';
import { Option } from 'commander';
import { z } from 'zod';
import { type DeclarerCommandes, groupe, instant, jour, type Outils } from '../platform/cli.ts';
import { aujourdhui } from '../platform/clock.ts';
import { dateLongue, instantLong, pluriel } from '../platform/francais/index.ts';
import { exiger, type Resultat, refuser, reussi } from '../platform/result.ts';
import { changerCommunique, publierCommunique, reecrireParagraphe } from './acts.ts';
import { type Format, formats, produire } from './documents.ts';
import { type DemandeFaits, reunirFaits } from './faits.store.ts';
import { definirEnTete } from './reglages.acts.ts';
import { CLES_PARAGRAPHES, type CleParagraphe, composerCommunique, paragraphesDe } from './rules.ts';
import type { EnTeteEnregistre } from './store.ts';

type OptionsSeance = { readonly seance: string; readonly date?: string };

/** Formats that a terminal can show. */
const lisibles: ReadonlySet<Format> = new Set(['html', 'texte', 'csv', 'svg']);

const demandeOf = (outils: Outils, departement: string, options: OptionsSeance): DemandeFaits => ({
  departement: departement.toUpperCase().padStart(2, '0'),
  seance: options.seance,
  date: options.date ?? aujourdhui(outils.clock),
  maintenant: outils.clock().toString(),
});

const enTeteFichier = z.strictObject({
  service: z.array(z.string().min(1)).min(1),
  adresse: z.array(z.string().min(1)).default([]),
  lieu: z.string().min(1),
  contact: z
    .strictObject({
      service: z.string().min(1),
      telephone: z.string().nullable().default(null),
      courriel: z.email().nullable().default(null),
    })
    .nullable()
    .default(null),
  logo: z
    .strictObject({
      fichier: z.string(),
      type: z.enum(['png', 'svg']),
      alt: z.string().min(1),
      rapport: z.number().positive(),
    })
    .nullable()
    .default(null),
});

const lireEnTete = async (chemin: string): Promise<Resultat<EnTeteEnregistre>> => {
  const texte = await readFile(chemin, 'utf8').catch(() => undefined);
  if (texte === undefined)
    return refuser('absent', `Le fichier ${chemin} n’existe pas ou ne peut pas être lu.`);
  try {
    const parsed = enTeteFichier.safeParse(JSON.parse(texte));
    if (!parsed.success) {
      const reasons = parsed.error.issues.map(({ path, message }) => `${path.join('.')} : ${message}`);
      return refuser('en_tete', `L’en-tête du fichier ${chemin} n’est pas complet (${reasons.join(' ; ')}).`);
    }
    const { logo, ...rest } = parsed.data;
    if (logo === null) return reussi({ ...rest, logo: null });
    const { fichier, ...described } = logo;
    const octets = await readFile(fichier).catch(() => undefined);
    if (octets === undefined)
      return refuser('absent', `Le logo ${fichier} n’existe pas ou ne peut pas être lu.`);
    return reussi({ ...rest, logo: { ...described, octets: new Uint8Array(octets) } });
  } catch {
    return refuser('json', `Le fichier ${chemin} n’est pas du JSON.`);
  }
};

export const commandes: DeclarerCommandes = (programme, outils) => {
  const seanceOption = () =>
    new Option('--seance <date>', 'séance du comité (AAAA-MM-JJ)').argParser(jour).makeOptionMandatory();
  const dateOption = () =>
    new Option(
      '--date <date>',
      'date que porte le communiqué (par défaut : celle du brouillon, sinon aujourd’hui)',
    ).argParser(jour);

  const communique = programme
    .command('communique')
    .description('Produire le communiqué d’un département pour une séance')
    .argument('<departement>', 'code du département : 02, 2A, 971…')
    // Not mandatory here: commander would ask it of this command again when a sub-command has it.
    .option('--seance <date>', 'séance du comité (AAAA-MM-JJ), obligatoire', jour)
    .addOption(dateOption())
    .addOption(new Option('--format <format>', 'format du document').choices([...formats]).default('texte'))
    .option('--sortie <fichier>', 'écrire dans un fichier (par défaut : sortie standard)')
    .action(
      async (departement: string, given: Partial<OptionsSeance> & { format: Format; sortie?: string }) => {
        const { seance } = given;
        if (seance === undefined)
          return exiger(
            refuser('seance', 'Il manque l’option « --seance », par exemple --seance 2021-03-24.'),
          );
        const options = { ...given, seance };
        if (options.sortie === undefined && process.stdout.isTTY && !lisibles.has(options.format)) {
          return exiger(
            refuser(
              'sortie',
              `Le format ${options.format} ne se lit pas dans un terminal : dites où l’écrire avec --sortie.`,
            ),
          );
        }
        const { fichier, avertissements } = await outils.avecBase(async ({ db }) => {
          const dossier = exiger(
            await reunirFaits(db, {
              ...demandeOf(outils, departement, options),
              ...(options.date === undefined ? {} : { dateVoulue: options.date }),
            }),
          );
          return {
            fichier: await produire(db, dossier, options.format),
            avertissements: composerCommunique(dossier.faits).avertissements,
          };
        });
        if (!fichier)
          return exiger(
            refuser(
              'contour',
              'Il n’y a pas de contour de ce territoire : importez-le avec « maillage importer contours ».',
            ),
          );
        for (const avertissement of avertissements) outils.dire(`À relire : ${avertissement}`);
        if (options.sortie === undefined) return outils.ecrireOctets(fichier.corps);
        await writeFile(options.sortie, fichier.corps);
        outils.dire(`Écrit : ${options.sortie}`);
      },
    );

  // Options given before the name of a sub-command belong to it, not to this one.
  communique.enablePositionalOptions();
  communique
    .command('publier')
    .description(
      'Publier le communiqué : les décisions de la séance deviennent publiques dans ce département au même instant',
    )
    .argument('<departement>', 'code du département')
    .addOption(seanceOption())
    .addOption(dateOption())
    .option('--instant <instant>', 'à partir de quand (par défaut, tout de suite)', instant)
    .option('--motif <texte>', 'pourquoi sans relecture, pour le journal')
    .action(async (departement: string, options: OptionsSeance & { instant?: string; motif?: string }) => {
      const demande = demandeOf(outils, departement, options);
      const when = options.instant ?? outils.clock().toString();
      const fait = await outils.avecBase(async ({ db, acteur }) =>
        exiger(
          await publierCommunique(db, acteur, {
            ...demande,
            instant: when,
            ...(options.date === undefined ? {} : { dateVoulue: options.date }),
            ...(options.motif === undefined ? {} : { motif: options.motif }),
          }),
        ),
      );
      const moment = options.instant === undefined ? '' : ` à partir du ${instantLong(when)}`;
      outils.ecrire(
        `Communiqué publié${moment}, daté du ${dateLongue(fait.date)} : ${outils.adresse}/communiques/${demande.departement}/${demande.seance}`,
      );
      for (const avertissement of fait.avertissements) outils.dire(`À relire : ${avertissement}`);
      outils.ecrire(
        `${pluriel(fait.annoncees, 'décision annoncée', 'décisions annoncées')} au même instant.`,
      );
    });

  const changements = [
    ['retirer', 'Retirer un communiqué publié', 'Communiqué retiré : sa page n’est plus publique.'],
    [
      'reprendre',
      'Reprendre en brouillon un communiqué retiré',
      'Communiqué repris : il est de nouveau un brouillon.',
    ],
  ] as const;
  for (const [transition, description, fait] of changements) {
    communique
      .command(transition)
      .description(description)
      .argument('<departement>', 'code du département')
      .addOption(seanceOption())
      .option('--motif <texte>', 'pourquoi')
      .action(async (departement: string, options: OptionsSeance & { motif?: string }) => {
        const demande = demandeOf(outils, departement, options);
        await outils.avecBase(async ({ db, acteur }) =>
          exiger(
            await changerCommunique(db, acteur, {
              ...demande,
              transition,
              ...(options.motif === undefined ? {} : { motif: options.motif }),
            }),
          ),
        );
        outils.ecrire(fait);
      });
  }

  communique
    .command('paragraphes')
    .description('Montrer les paragraphes du communiqué, tels qu’ils peuvent être réécrits')
    .argument('<departement>', 'code du département')
    .addOption(seanceOption())
    .option('--json', 'en JSON')
    .action(async (departement: string, options: OptionsSeance & { json?: boolean }) => {
      const dossier = await outils.avecBase(async ({ db }) =>
        exiger(await reunirFaits(db, demandeOf(outils, departement, options))),
      );
      const { redactions } = dossier.faits;
      const shown = paragraphesDe(dossier.faits).map(({ cle, texte, gabarit }) => ({
        cle,
        texte,
        gabarit: redactions[cle]?.gabarit ?? gabarit,
        reecrit: redactions[cle] !== undefined,
      }));
      if (options.json) return outils.ecrire(JSON.stringify(shown, null, 2));
      outils.ecrire(
        shown
          .map(({ cle, gabarit, reecrit }) => `[${cle}]${reecrit ? ' (réécrit)' : ''}\n${gabarit}`)
          .join('\n\n'),
      );
    });

  communique
    .command('editer')
    .description('Réécrire un paragraphe ; les chiffres restent entre accolades et ne changent pas')
    .argument('<departement>', 'code du département')
    .addOption(seanceOption())
    .addOption(dateOption())
    .addOption(
      new Option('--paragraphe <cle>', 'quel paragraphe')
        .choices([...CLES_PARAGRAPHES])
        .makeOptionMandatory(),
    )
    .addOption(new Option('--texte <texte>', 'nouveau texte').conflicts('retablir'))
    .option('--retablir', 'revenir au texte proposé')
    .action(
      async (
        departement: string,
        options: OptionsSeance & { paragraphe: CleParagraphe; texte?: string; retablir?: boolean },
      ) => {
        const texte = options.retablir ? null : options.texte;
        if (texte === undefined)
          return exiger(
            refuser(
              'texte',
              'Donnez le nouveau texte avec --texte, ou --retablir pour revenir au texte proposé.',
            ),
          );
        const demande = { ...demandeOf(outils, departement, options), cle: options.paragraphe, texte };
        outils.ecrire(
          await outils.avecBase(async ({ db, acteur }) =>
            exiger(await reecrireParagraphe(db, acteur, demande)),
          ),
        );
      },
    );

  groupe(programme, 'entete', 'En-tête des préfectures')
    .command('definir')
    .description('Définir l’en-tête des communiqués d’un département')
    .argument('<departement>', 'code du département')
    .argument('<fichier>', 'fichier JSON : service, adresse, lieu, contact, logo (voir le guide)')
    .action(async (departement: string, fichier: string) => {
      const enTete = exiger(await lireEnTete(fichier));
      await outils.avecBase(async ({ db, acteur }) =>
        exiger(await definirEnTete(db, acteur, departement, enTete)),
      );
      outils.ecrire(`En-tête du département ${departement} enregistré.`);
    });
};
