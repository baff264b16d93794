import { z } from 'zod';
import { aujourdhui } from '../../platform/clock.ts';
import { deposerCourriels } from '../../platform/courriel.ts';
import { type Database, enTransaction } from '../../platform/database/index.ts';
import { conserverOfficiels, type Depot } from '../../platform/fichiers/index.ts';
import { type Acteur, journaliser, journaliserEnLot } from '../../platform/journal.ts';
import { type DeclaredTache, defineTache } from '../../platform/taches.ts';
import {
  type ContenuLettre,
  type ContenuProcesVerbal,
  contenuLettre,
  contenuProcesVerbal,
} from './contenu.rules.ts';
import { type DonneesNotification, nomDeLaTache } from './demande.ts';
import { lireDestinataires } from './destinataires.ts';
import { type Atelier, ouvrirAtelier } from './formats/atelier.ts';
import { composerCourriel, composerLettre, type Expediteur, nomDeLettre } from './lettre.rules.ts';
import { composerProcesVerbal } from './proces-verbal.rules.ts';
import { confirmerLettresPareilles } from './reouverture.ts';
import {
  findProcesVerbalRemplace,
  lireNomsDeDepartements,
  listLettresEnvoyees,
  noterFaits,
  prendreActes,
} from './store.ts';

/** What the rooms around give to who writes letters. */
export type OutilsNotification = {
  /** The préfecture of a département as it signs on a day; the programme's own service for null. */
  readonly expediteur: (db: Database, departement: string | null, jour: string) => Promise<Expediteur>;
  /** Begins a communiqué for each département that has none for the session. */
  readonly commencerCommuniques: (
    transaction: Database,
    acteur: Acteur,
    demande: { readonly seanceId: string; readonly date: string; readonly departements: readonly string[] },
  ) => Promise<number>;
  readonly ouvrirDepot: () => Promise<Depot>;
  readonly fontsFolder: string;
};

const acteur: Acteur = { identifiant: 'maillage', role: 'operateur' };
/** Letters of one transaction: what a process killed has to do again at most. */
const lot = 25;
const mime = 'application/pdf';

type Travail = OutilsNotification & {
  readonly db: Database;
  readonly donnees: DonneesNotification;
  readonly adresse: string;
  readonly jour: string;
  readonly depot: Depot;
  readonly atelier: Atelier;
};

const ecrireProcesVerbal = (travail: Travail): Promise<void> =>
  enTransaction(travail.db, async (transaction) => {
    const { donnees, depot, atelier, jour } = travail;
    const [acte] = await prendreActes(transaction, donnees, 'proces_verbal', { limite: 1, attendre: true });
    if (acte === undefined) return;
    const contenu: ContenuProcesVerbal = contenuProcesVerbal.parse(acte.contenu);
    const noms = await lireNomsDeDepartements(transaction);
    const { service } = await travail.expediteur(transaction, null, jour);
    const remplace = await findProcesVerbalRemplace(transaction, donnees);
    const { seance, decisions } = contenu;
    const [fichierId = ''] = await conserverOfficiels(transaction, depot, [
      {
        nom: `proces-verbal-seance-${seance.numero ?? ''}-${seance.date}.pdf`,
        mime,
        contenu: await atelier.procesVerbal(composerProcesVerbal(contenu, { noms, service, remplace })),
        objet: { type: 'acte_de_seance', id: acte.id },
        proprietaire: {},
      },
    ]);
    await noterFaits(transaction, [{ id: acte.id, fichierId }]);
    await journaliser(transaction, acteur, {
      acte: 'seance.ecrire_proces_verbal',
      objetType: 'seance',
      objetId: donnees.seanceId,
      contenu: { cloture: donnees.cloture, fichier: fichierId },
    });
    const departements = new Set(
      decisions.flatMap(({ resultat, structure: { departement } }) =>
        resultat === 'retenue' && departement !== null ? [departement] : [],
      ),
    );
    await travail.commencerCommuniques(transaction, acteur, {
      seanceId: donnees.seanceId,
      date: seance.date,
      departements: [...departements].toSorted(),
    });
  });

/** Letters to take: so many at most, and none of those that cannot be written. */
type Prise = {
  readonly limite: number;
  readonly sauf: readonly string[];
  readonly attendre: boolean;
  prises: readonly string[];
};

/** The day of the letter that each new one takes the place of, where the session was reopened. */
const lireRemplacees = async (
  transaction: Database,
  seanceId: string,
  actes: readonly { readonly candidatureId: string | null; readonly contenu: ContenuLettre }[],
): Promise<ReadonlyMap<string | null, string>> => {
  // A promotion or a withdrawal follows a letter that stays true of its day.
  const decidees = actes.flatMap(({ candidatureId, contenu: { type } }) =>
    type === 'decision' && candidatureId !== null ? [candidatureId] : [],
  );
  const envoyees = await listLettresEnvoyees(transaction, seanceId, decidees);
  return new Map(envoyees.map(({ candidatureId, faiteLe }) => [candidatureId, faiteLe]));
};

/** Writes and sends the next letters, all or none; gives how many. */
const ecrireLettres = (
  travail: Travail,
  expediteurs: Map<string | null, Expediteur>,
  prise: Prise,
): Promise<number> =>
  enTransaction(travail.db, async (transaction) => {
    const { donnees, depot, atelier, jour, adresse } = travail;
    const pris = await prendreActes(transaction, donnees, 'lettre', prise);
    prise.prises = pris.map(({ id }) => id);
    const actes = pris.map(({ contenu, ...acte }) => ({ ...acte, contenu: contenuLettre.parse(contenu) }));
    if (actes.length === 0) return 0;
    for (const { contenu } of actes) {
      const { departement } = contenu.structure;
      if (!expediteurs.has(departement))
        expediteurs.set(departement, await travail.expediteur(transaction, departement, jour));
    }
    const remplacees = await lireRemplacees(transaction, donnees.seanceId, actes);
    const documents = await Promise.all(
      actes.map(async ({ id, contenu, candidatureId }) => {
        const expediteur = expediteurs.get(contenu.structure.departement);
        if (expediteur === undefined) throw new Error('a letter has its sender');
        const page = `${adresse}/candidatures/${candidatureId}`;
        return {
          nom: nomDeLettre(contenu),
          mime,
          contenu: await atelier.lettre(
            composerLettre(contenu, { expediteur, jour, page, remplace: remplacees.get(candidatureId) }),
            expediteur.logo,
          ),
          objet: { type: 'acte_de_seance', id },
          proprietaire: { structureId: contenu.structure.id },
        };
      }),
    );
    const fichiers = await conserverOfficiels(transaction, depot, documents);
    await noterFaits(
      transaction,
      actes.map(({ id }, rang) => ({ id, fichierId: fichiers[rang] ?? '' })),
    );
    const destinatairesDe = await lireDestinataires(
      transaction,
      actes.map(({ contenu }) => contenu),
    );
    await deposerCourriels(
      transaction,
      actes.flatMap(({ id, contenu, candidatureId }) =>
        destinatairesDe(contenu).map(({ courriel, personne }) => ({
          destinataire: courriel,
          ...composerCourriel(contenu, remplacees.get(candidatureId)),
          ...(personne === undefined ? {} : { personne }),
          lien: {
            texte: 'Télécharger la lettre et suivre la candidature',
            href: `${adresse}/candidatures/${candidatureId}`,
          },
          cle: `lettre:${id}:${courriel.toLowerCase()}`,
          objetType: 'candidature',
          objetId: candidatureId ?? '',
        })),
      ),
    );
    await journaliserEnLot(
      transaction,
      acteur,
      actes.map(({ contenu, candidatureId }, rang) => ({
        acte: 'candidature.notifier',
        objetType: 'candidature',
        objetId: candidatureId ?? '',
        contenu: { seance: donnees.seanceId, type: contenu.type, fichier: fichiers[rang] ?? null },
        perimetre: {
          structure: contenu.structure.id,
          ...(contenu.structure.departement === null ? {} : { departement: contenu.structure.departement }),
        },
      })),
    );
    return actes.length;
  });

/** Writes all the letters; one that cannot be written holds no other back, and is said at the end. */
const ecrireToutesLesLettres = async (travail: Travail, signal: AbortSignal): Promise<void> => {
  const expediteurs = new Map<string | null, Expediteur>();
  const echecs = new Map<string, unknown>();
  // Taken one by one after a failure, until the letter that made it is known.
  let seules = 0;
  // What another took may be undone, as a process killed does: it is done only once nobody holds anything.
  let attendre = false;
  for (;;) {
    signal.throwIfAborted();
    const prise: Prise = { limite: seules > 0 ? 1 : lot, sauf: [...echecs.keys()], attendre, prises: [] };
    seules = Math.max(0, seules - 1);
    try {
      const ecrites = await ecrireLettres(travail, expediteurs, prise);
      if (ecrites === 0 && attendre) break;
      attendre = ecrites === 0;
    } catch (error) {
      const [seule] = prise.prises;
      if (seule === undefined) throw error;
      if (prise.limite === 1) echecs.set(seule, error);
      else seules = lot;
    }
  }
  if (echecs.size > 0)
    throw new AggregateError(
      [...echecs.values()],
      `${echecs.size} letters could not be written: ${[...echecs.keys()].join(', ')}`,
    );
};

/**
 * The job that writes and sends what a closing left to write: the minutes, with the communiqués begun, then the letters
 * by batches. A document, its row, its mails and their trace are one transaction: taken up again, the job goes on.
 */
export const creerTacheNotifier = (outils: OutilsNotification): DeclaredTache<DonneesNotification> =>
  defineTache({
    nom: nomDeLaTache,
    libelle: 'Écrire et envoyer les lettres et le procès-verbal d’une séance',
    donnees: z.object({ seanceId: z.uuid(), cloture: z.int() }),
    travail: async ({ db, clock, adresse, signal }, donnees) => {
      const atelier = ouvrirAtelier(outils.fontsFolder);
      try {
        const travail: Travail = {
          ...outils,
          db,
          donnees,
          adresse,
          jour: aujourdhui(clock),
          depot: await outils.ouvrirDepot(),
          atelier,
        };
        await ecrireProcesVerbal(travail);
        await enTransaction(db, (transaction) => confirmerLettresPareilles(transaction, donnees, adresse));
        await ecrireToutesLesLettres(travail, signal);
      } finally {
        await atelier.fermer();
      }
    },
  });
