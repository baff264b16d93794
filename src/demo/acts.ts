import { findCommunique, publierCommunique } from '../communication/index.ts';
import { type Database, enTransaction } from '../platform/database/index.ts';
import { type Acteur, journaliser } from '../platform/journal.ts';
import { abandonner, enRefus, exiger, type Resultat, refuser, reussi } from '../platform/result.ts';
import {
  estEnveloppeDepassee,
  getProgramme,
  listRegimes,
  montantEngage,
  refusEnveloppe,
  territoireDe,
  varianteApplicable,
} from '../programme/index.ts';
import { nomRecherche } from '../structures/index.ts';
import { type ContexteExercice, chargerExercice } from './exercice.ts';
import { lireDemo } from './fichiers.ts';
import {
  aDesCandidatures,
  aDesDonnees,
  ecrireDecision,
  ecrireEnTete,
  ecrireEquipe,
  ecrirePersonnes,
  ecrirePlan,
  ecrireSeance,
  ecrireStructure,
  ecrireVagues,
  effacerDemo,
  estChargee,
  marquerCommunique,
} from './store.ts';

type Chargee = { readonly structures: number; readonly postes: number };

/**
 * Loads the demonstration: the Aisne of March 2021, with its communiqué published. What is known already from another
 * source keeps its figures and gains the demo as a source. Refuses a second loading and an enveloppe too small.
 */
export const chargerDemo = async (db: Database, acteur: Acteur): Promise<Resultat<Chargee>> => {
  const { laureats, contexte, personnes } = await lireDemo();
  const { seance, departement, annonce } = contexte;
  try {
    return await enRefus(() =>
      enTransaction(db, async (transaction) => {
        if (await estChargee(transaction))
          return abandonner(refuser('deja', 'La démonstration est déjà chargée.'));
        const programme = await getProgramme(transaction);
        if (!programme)
          return abandonner(refuser('programme', 'Aucun programme n’est installé dans cette base.'));
        await ecrireVagues(transaction, programme.id, contexte);
        await ecrirePlan(transaction, programme.id, contexte);
        await ecrireEnTete(transaction, contexte);
        const seanceId = await ecrireSeance(transaction, programme.id, seance);
        const variante = varianteApplicable(await listRegimes(transaction, programme.id), {
          mode: 'forfait',
          jour: seance,
          categorie: 'publique',
          territoire: territoireDe(departement),
        });
        if (!variante)
          return abandonner(refuser('regime', `Aucun régime de financement n’est en vigueur le ${seance}.`));
        for (const laureat of laureats) {
          const structureId = await ecrireStructure(
            transaction,
            laureat,
            nomRecherche(laureat.raison_sociale),
          );
          await ecrireDecision(transaction, {
            seanceId,
            structureId,
            enveloppeId: programme.enveloppeId,
            varianteId: variante.id,
            postes: laureat.postes,
            montant: exiger(montantEngage(variante, laureat.postes)),
            instant: annonce.instant,
          });
          if (laureat.siret === contexte.assemblee.siret)
            await ecrireEquipe(transaction, structureId, contexte.assemblee);
        }
        await ecrirePersonnes(transaction, personnes);
        // A communiqué that somebody has begun or published is theirs.
        if (!(await findCommunique(transaction, seanceId, departement))) {
          const demande = {
            departement,
            seance,
            date: annonce.date,
            maintenant: annonce.instant,
            instant: annonce.instant,
          };
          exiger(await publierCommunique(transaction, acteur, demande));
          await marquerCommunique(transaction, seanceId, departement);
        }
        const contenu = {
          structures: laureats.length,
          postes: laureats.reduce((sum, { postes }) => sum + postes, 0),
        };
        await journaliser(transaction, acteur, {
          acte: 'demo.charger',
          objetType: 'demo',
          objetId: 'aisne',
          contenu,
        });
        return reussi(contenu);
      }),
    );
  } catch (error) {
    if (estEnveloppeDepassee(error)) return refusEnveloppe();
    throw error;
  }
};

/**
 * Loads the demonstration with its exercise into a database that holds nothing yet and never had it; gives whether it
 * did.
 */
export const chargerDemoAuPremierDemarrage = (
  db: Database,
  acteur: Acteur,
  contexte: ContexteExercice,
): Promise<Resultat<boolean, string>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      if (await aDesDonnees(transaction)) return reussi(false);
      exiger(await chargerDemo(transaction, acteur));
      exiger(await chargerExercice(transaction, acteur, contexte));
      return reussi(true);
    }),
  );

/** Removes what the demonstration alone brought. Refuses where it is not loaded. */
export const retirerDemo = (db: Database, acteur: Acteur): Promise<Resultat<number>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      if (!(await estChargee(transaction)))
        return abandonner(refuser('absente', 'La démonstration n’est pas chargée.'));
      if (await aDesCandidatures(transaction))
        return abandonner(
          refuser(
            'candidatures',
            'Des candidatures s’appuient sur la démonstration : elle ne se retire plus. Pour partir d’une base vide, démarrez sur une autre avec MAILLAGE_DEMO=non.',
          ),
        );
      const gone = await effacerDemo(transaction);
      await journaliser(transaction, acteur, {
        acte: 'demo.retirer',
        objetType: 'demo',
        objetId: 'aisne',
        contenu: { lignes: gone },
      });
      return reussi(gone);
    }),
  );
