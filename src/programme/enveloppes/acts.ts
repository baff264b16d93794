import { type Database, enTransaction } from '../../platform/database/index.ts';
import { euros } from '../../platform/francais/index.ts';
import { type Acteur, journaliser } from '../../platform/journal.ts';
import type { Centimes } from '../../platform/money.ts';
import { abandonner, enRefus, type Resultat, refuser, reussi } from '../../platform/result.ts';
import { estEnveloppeDepassee } from '../acts.ts';
import { getProgramme } from '../store.ts';
import { ajouterEnveloppe, type Enveloppe, ecrireEnveloppe, estNommee, tenirEnveloppe } from './store.ts';

const sansProgramme = () => refuser('programme', 'Aucun programme n’est installé dans cette base.');
const dejaPris = () => refuser('nom', 'Une autre enveloppe porte déjà ce nom\u00a0: choisissez-en un autre.');

/** Opens an enveloppe, of an amount in cents. Refuses a name that another one has. Gives its identifier. */
export const creerEnveloppe = (
  db: Database,
  acteur: Acteur,
  { nom, montant }: { readonly nom: string; readonly montant: Centimes },
): Promise<Resultat<string, string>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const programme = await getProgramme(transaction);
      if (!programme) return abandonner(sansProgramme());
      if (await estNommee(transaction, programme.id, nom, null)) return abandonner(dejaPris());
      const id = await ajouterEnveloppe(transaction, programme.id, { nom, montant });
      await journaliser(transaction, acteur, {
        acte: 'programme.creer_enveloppe',
        objetType: 'enveloppe',
        objetId: id,
        contenu: { nom, montant_centimes: montant },
      });
      return reussi(id);
    }),
  );

/**
 * Changes the amount of an enveloppe, in cents, and its name, for a reason. Refuses less than what is committed already,
 * a name that another one has, and a change made from an amount that is no longer its own.
 */
export const definirEnveloppe = async (
  db: Database,
  acteur: Acteur,
  demande: {
    /** The first one unless said. */
    readonly id?: string;
    /** As it is unless said. */
    readonly nom?: string;
    readonly montant: Centimes;
    /** The amount that the actor saw, in cents. */
    readonly vu?: number;
    readonly motif: string;
  },
): Promise<Resultat<Enveloppe, string>> => {
  const motif = demande.motif.trim();
  if (motif === '')
    return refuser('motif', 'Donnez le motif\u00a0: il est demandé pour changer l’enveloppe.');
  let engage = 0;
  try {
    return await enRefus(() =>
      enTransaction(db, async (transaction) => {
        const programme = await getProgramme(transaction);
        if (!programme) return abandonner(sansProgramme());
        const id = demande.id ?? programme.enveloppeId;
        const nom = demande.nom;
        if (nom !== undefined && (await estNommee(transaction, programme.id, nom, id)))
          return abandonner(dejaPris());
        const avant = await tenirEnveloppe(transaction, id);
        if (avant === undefined) return abandonner(refuser('absent', 'Cette enveloppe n’existe pas.'));
        if (demande.vu !== undefined && demande.vu !== avant.montant)
          return abandonner(
            refuser(
              'version',
              'Une autre personne vient de changer ce montant\u00a0: relisez-le, puis recommencez votre changement.',
            ),
          );
        ({ engage } = avant);
        const apres = { ...avant, nom: nom ?? avant.nom, montant: demande.montant };
        await ecrireEnveloppe(transaction, apres);
        await journaliser(transaction, acteur, {
          acte: 'programme.definir_enveloppe',
          objetType: 'enveloppe',
          objetId: id,
          motif,
          contenu: {
            avant_centimes: avant.montant,
            apres_centimes: apres.montant,
            ...(apres.nom === avant.nom ? {} : { avant_nom: avant.nom, nom: apres.nom }),
          },
        });
        return reussi(apres);
      }),
    );
  } catch (error) {
    if (estEnveloppeDepassee(error))
      return refuser(
        'montant',
        `Des décisions engagent déjà ${euros(engage)}\u00a0: le montant ne peut pas être plus bas.`,
      );
    throw error;
  }
};
