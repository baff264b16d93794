import { type DeclarerCommandes, entier, groupe } from '../platform/cli.ts';
import { dateLongue, euros, nombre, quand } from '../platform/francais/index.ts';
import { centimes } from '../platform/money.ts';
import { abandonner, exiger, refuser } from '../platform/result.ts';
import { definirVague } from './acts.ts';
import { definirEnveloppe } from './enveloppes/acts.ts';
import { listEnveloppes } from './enveloppes/store.ts';
import { getProgramme, listVagues } from './store.ts';

type OptionsVague = {
  readonly nom: string;
  readonly ouverture?: string;
  readonly priorite?: readonly string[];
};

export const commandes: DeclarerCommandes = (programme, outils) => {
  const group = groupe(programme, 'programme', 'Programme national, enveloppe et vagues');
  group
    .command('montrer')
    .description('Montrer le programme, ce que laissent ses enveloppes et ses vagues')
    .action(async () => {
      const shown = await outils.avecBase(async ({ db }) => {
        const known = await getProgramme(db);
        if (!known)
          return abandonner(refuser('programme', 'Aucun programme n’est installé dans cette base.'));
        return {
          known,
          enveloppes: await listEnveloppes(db, known.id),
          vagues: await listVagues(db, known.id, ['preparation', 'publiee', 'annulee']),
        };
      });
      const { known, enveloppes, vagues } = shown;
      outils.ecrire(
        `${known.nom}, annoncé le ${dateLongue(known.annonceLe)} : ${nombre(known.objectifPostes)} postes visés.`,
      );
      for (const { nom, montant, engage } of enveloppes)
        outils.ecrire(
          `Enveloppe « ${nom} » : ${euros(montant)}, dont ${euros(montant - engage)} disponibles.`,
        );
      for (const { rang, nom, ouvreLe, ouverturePrecision } of vagues) {
        const opening =
          ouvreLe === null
            ? ''
            : `, ouverture ${quand(ouverturePrecision === 'mois' ? ouvreLe.slice(0, 7) : ouvreLe)}`;
        outils.ecrire(`Vague ${rang} : ${nom}${opening}.`);
      }
    });
  group
    .command('enveloppe')
    .description('Changer le montant de la première enveloppe')
    .argument('<euros>', 'nouveau montant, en euros', entier)
    .requiredOption('--motif <texte>', 'pourquoi')
    .action(async (montant: number, options: { motif: string }) => {
      const changed = await outils.avecBase(async ({ db, acteur }) =>
        exiger(
          await definirEnveloppe(db, acteur, { montant: centimes(montant * 100), motif: options.motif }),
        ),
      );
      outils.ecrire(`Enveloppe « ${changed.nom} » : ${euros(changed.montant)}.`);
    });
  group
    .command('vague')
    .description('Enregistrer une vague de candidatures')
    .argument('<rang>', 'rang de la vague : 1, 2…', entier)
    .requiredOption('--nom <texte>', 'nom de la vague')
    .option('--ouverture <date>', 'jour (AAAA-MM-JJ) ou mois (AAAA-MM) d’ouverture')
    .option('--priorite <texte...>', 'ce que la vague privilégie, avec l’article : « les tiers-lieux »')
    .action(async (rang: number, options: OptionsVague) => {
      const { ouverture = null } = options;
      if (ouverture !== null && !/^\d{4}-(0[1-9]|1[0-2])(-\d{2})?$/.test(ouverture)) {
        return exiger(
          refuser('ouverture', 'Écrivez l’ouverture sous la forme AAAA-MM-JJ, ou AAAA-MM pour un mois.'),
        );
      }
      const mois = ouverture?.length === 7;
      await outils.avecBase(async ({ db, acteur }) =>
        exiger(
          await definirVague(db, acteur, {
            rang,
            nom: options.nom,
            ouvreLe: mois ? `${ouverture}-01` : ouverture,
            ouverturePrecision: mois ? 'mois' : 'jour',
            priorites: options.priorite ?? [],
          }),
        ),
      );
      outils.ecrire(`Vague ${rang} enregistrée : ${options.nom}.`);
    });
};
