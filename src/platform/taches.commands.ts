import { Temporal } from 'temporal-polyfill';
import type { DeclarerCommandes } from './cli.ts';
import { listerCourriels, relancerCourriel } from './courriel.ts';
import { pluriel } from './francais/index.ts';
import { exiger } from './result.ts';
import type { DeclaredTache } from './taches.ts';
import { lireSanteTaches } from './taches-sante.ts';

const heure = (instant: Date | string): string =>
  Temporal.Instant.from(typeof instant === 'string' ? instant : instant.toISOString())
    .toZonedDateTimeISO('Europe/Paris')
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
    .replace('T', ' ');

/** Commands that look after mail and jobs. */
export const commandesDeSuivi =
  (taches: readonly DeclaredTache[]): DeclarerCommandes =>
  (programme, outils) => {
    const courriels = programme
      .command('courriels')
      .description('Les courriels qui attendent ou qui ne sont pas partis');
    courriels.action(() =>
      outils.avecBase(async ({ db }) => {
        const liste = await listerCourriels(db, { statuts: ['abandonne', 'en_attente'] });
        for (const { id, statut, destinataire, objet, tentatives, prochainEssaiLe, derniereErreur } of liste)
          outils.ecrire(
            [
              id,
              statut === 'abandonne' ? 'abandonné' : `prochain essai ${heure(prochainEssaiLe)}`,
              pluriel(tentatives, 'essai', 'essais'),
              destinataire,
              objet,
              ...(derniereErreur === null ? [] : [derniereErreur]),
            ].join('\t'),
          );
        outils.dire(pluriel(liste.length, 'courriel', 'courriels'));
      }),
    );
    courriels
      .command('relancer')
      .description('Essayer à nouveau d’envoyer des courriels abandonnés, ou tous')
      .argument('[courriels...]', 'identifiants, lus avec « maillage courriels »')
      .option('--tous', 'tous les courriels abandonnés')
      .action(async (ids: readonly string[], { tous = false }: { tous?: boolean }) => {
        const nombre = await outils.avecBase(async ({ db, acteur }) => {
          const liste = tous
            ? (await listerCourriels(db, { statuts: ['abandonne'], limite: 100_000 })).map(({ id }) => id)
            : ids;
          let relances = 0;
          for (const id of liste) {
            const relance = await relancerCourriel(db, acteur, id);
            // Of all of them, those whose content was forgotten stay where they are.
            if (relance.ok) relances += 1;
            else if (!tous) exiger(relance);
          }
          return relances;
        });
        outils.ecrire(pluriel(nombre, 'courriel relancé', 'courriels relancés'));
      });
    programme
      .command('taches')
      .description('Les tâches planifiées : leur dernière réussite et la prochaine')
      .action(() =>
        outils.avecBase(async ({ db }) => {
          const { taches: suivies, alertes } = await lireSanteTaches(db, {
            taches,
            clock: outils.clock,
            expedition: outils.config.courriel !== undefined,
            // Whoever asks is told that mail waits.
            demonstration: false,
          });
          for (const { nom, libelle, reussie_le, attendue_le } of suivies)
            outils.ecrire(
              [
                nom,
                reussie_le === null ? 'pas encore réussie' : `réussie ${heure(reussie_le)}`,
                attendue_le === null ? '' : `attendue ${heure(attendue_le)}`,
                libelle,
              ].join('\t'),
            );
          for (const alerte of alertes) outils.dire(alerte);
        }),
      );
  };
