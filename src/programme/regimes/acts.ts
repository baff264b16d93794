import { type Database, databaseError, enTransaction } from '../../platform/database/index.ts';
import { dateDuDomaine } from '../../platform/dates.ts';
import { dateLongue } from '../../platform/francais/index.ts';
import { type Acteur, journaliser } from '../../platform/journal.ts';
import { abandonner, enRefus, type Resultat, refuser, reussi } from '../../platform/result.ts';
import { getProgramme, tenirRegimes } from '../store.ts';
import type { RegimeEcrit } from './rules.ts';
import { ecrireFin, ecrireRegime, findVagueServie, lireRegimeDe } from './store.ts';

const chevauche =
  'Un autre régime du même mode est en vigueur pendant ces jours\u00a0: mettez-lui fin d’abord, ou changez les dates.';

/**
 * Writes the rules of a régime, which never change afterwards. Refuses, by field, a code that is taken and days on which
 * another régime of the same mode is in force, however many are written at once. Gives its identifier.
 */
export const creerRegime = async (
  db: Database,
  acteur: Acteur,
  regime: RegimeEcrit,
): Promise<Resultat<string, string>> => {
  try {
    return await enRefus(() =>
      enTransaction(db, async (transaction) => {
        const programme = await getProgramme(transaction);
        if (!programme)
          return abandonner(refuser('programme', 'Aucun programme n’est installé dans cette base.'));
        const id = await ecrireRegime(transaction, programme.id, regime);
        const { code, mode, debut, fin } = regime;
        await journaliser(transaction, acteur, {
          acte: 'programme.creer_regime',
          objetType: 'regime',
          objetId: id,
          contenu: { code, libelle: regime.libelle, mode, debut, fin },
        });
        return reussi(id);
      }),
    );
  } catch (error) {
    switch (databaseError(error)?.constraint) {
      case 'regime_programme_id_code_key':
        return refuser('code', 'Un autre régime porte déjà ce code\u00a0: choisissez-en un autre.');
      case 'regime_un_seul_en_vigueur':
        return refuser('debut', chevauche);
      default:
        throw error;
    }
  }
};

/**
 * Ends a régime on a day, excluded, for a reason. Refuses a day that is not after its start, one later than its end, and
 * one that would leave a published wave without rules on its opening day.
 */
export const finirRegime = (
  db: Database,
  acteur: Acteur,
  demande: { readonly id: string; readonly fin: string; readonly motif: string },
): Promise<Resultat<undefined, string>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      await tenirRegimes(transaction, true);
      const regime = await lireRegimeDe(transaction, demande.id);
      if (regime === undefined) return abandonner(refuser('absent', 'Ce régime n’existe pas.'));
      const { fin, motif } = demande;
      if (!dateDuDomaine.safeParse(fin).success)
        return abandonner(refuser('fin', 'Écrivez un jour qui existe, de 1900 à 2100.'));
      if (motif.trim() === '')
        return abandonner(
          refuser('motif', 'Donnez le motif\u00a0: il est demandé pour mettre fin à un régime.'),
        );
      if (fin <= regime.debut)
        return abandonner(
          refuser(
            'fin',
            `Le régime commence le ${dateLongue(regime.debut)}\u00a0: choisissez un jour plus tardif.`,
          ),
        );
      if (regime.fin !== null && fin >= regime.fin)
        return abandonner(
          refuser(
            'fin',
            `Le régime finit déjà le ${dateLongue(regime.fin)}, et sa fin ne se repousse plus\u00a0: choisissez un jour d’avant.`,
          ),
        );
      const servie = await findVagueServie(transaction, demande.id, fin);
      if (servie !== undefined)
        return abandonner(
          refuser(
            'fin',
            `La vague «\u00a0${servie.nom}\u00a0» ouvre le ${dateLongue(servie.ouvreLe)} avec ce régime\u00a0: choisissez un jour plus tardif.`,
          ),
        );
      if (!(await ecrireFin(transaction, demande.id, regime.fin, fin)))
        return abandonner(
          refuser(
            'version',
            'Une autre personne vient de changer ce régime\u00a0: relisez-le, puis recommencez.',
          ),
        );
      await journaliser(transaction, acteur, {
        acte: 'programme.finir_regime',
        objetType: 'regime',
        objetId: demande.id,
        motif: motif.trim().slice(0, 2000),
        contenu: { avant: regime.fin, fin },
      });
      return reussi(undefined);
    }),
  );
