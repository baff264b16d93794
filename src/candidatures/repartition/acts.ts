import { z } from 'zod';
import { type Database, enTransaction } from '../../platform/database/index.ts';
import { type Acteur, journaliser } from '../../platform/journal.ts';
import { centimes } from '../../platform/money.ts';
import { enRefus, exiger, type Resultat, refuser, reussi } from '../../platform/result.ts';
import { type DeclaredTache, defineTache, demanderTache, type OutilsTache } from '../../platform/taches.ts';
import { changerStatut } from '../../platform/workflow.ts';
import { listRegimes, montantEngage, territoireDe, varianteApplicable } from '../../programme/index.ts';
import { type Explication, expliquer, faireBilan, type HorsDuCalcul, type Probleme } from './rules.ts';
import { resoudre } from './solveur.ts';
import {
  ajouterProposition,
  ecrireLignes,
  estNommee,
  getProposition,
  getSeanceDuCalcul,
  listBesoins,
  listDossiersADecider,
  listQuotasRestants,
  noterAvancement,
  noterResultat,
  type PoidsDeProposition,
} from './store.ts';
import { workflowProposition } from './workflow.ts';

const systeme: Acteur = { identifiant: 'tache:repartition', role: 'operateur' };

/**
 * Asks for a proposal of allocation for what a session has still to decide. Refuses (`vague`) a session that decides no
 * wave with an enveloppe, (`vide`) one with nothing to decide, and (`nom`) a name that another of its proposals has.
 */
export const demanderProposition = (
  db: Database,
  acteur: Acteur,
  voulue: {
    readonly seanceId: string;
    readonly nom: string;
    readonly poids: PoidsDeProposition;
    readonly personne: string | null;
  },
): Promise<Resultat<string, 'vague' | 'vide' | 'nom'>> =>
  enTransaction(db, async (transaction) => {
    if (!(await getSeanceDuCalcul(transaction, voulue.seanceId)))
      return refuser(
        'vague',
        'Cette séance ne décide d’aucune vague dotée d’une enveloppe : choisissez la vague dans les réglages de la séance.',
      );
    if (!(await listDossiersADecider(transaction, voulue.seanceId)).some(({ hors }) => hors === null))
      return refuser(
        'vide',
        'Aucun dossier n’attend de décision : il faut un avis favorable et une structure vérifiée, et que la séance n’ait pas déjà décidé.',
      );
    if (await estNommee(transaction, voulue.seanceId, voulue.nom))
      return refuser(
        'nom',
        'Une proposition de cette séance porte déjà ce nom\u00a0: donnez-en un autre, pour pouvoir les comparer.',
      );
    const id = await ajouterProposition(transaction, voulue);
    await journaliser(transaction, acteur, {
      acte: 'proposition.demander',
      objetType: 'proposition',
      objetId: id,
      contenu: { seance: voulue.seanceId, ...voulue.poids },
    });
    await demanderTache(transaction, tacheProposer, { proposition: id });
    return reussi(id);
  });

type HorsCalcul = { readonly id: string; readonly hors: HorsDuCalcul };

/** The problem of a session as it stands now, and the files left out of it. Undefined where there is no wave to decide. */
const lireProbleme = async (
  db: Database,
  seanceId: string,
  poids: PoidsDeProposition,
): Promise<{ readonly probleme: Probleme; readonly hors: readonly HorsCalcul[] } | undefined> => {
  const seance = await getSeanceDuCalcul(db, seanceId);
  if (!seance) return undefined;
  const regimes = await listRegimes(db, seance.programmeId);
  const horsCalcul: HorsCalcul[] = [];
  const dossiers = (await listDossiersADecider(db, seanceId)).flatMap(({ hors, ...dossier }) => {
    const variante = varianteApplicable(regimes, {
      mode: dossier.mode,
      jour: seance.jour,
      categorie: dossier.categorie,
      territoire: territoireDe(dossier.departement),
    });
    const cout = variante && montantEngage(variante, 1, centimes(dossier.salaire));
    if (hors === null && cout?.ok) return [{ ...dossier, cout: cout.valeur }];
    // Without a régime in force nothing can be engaged.
    horsCalcul.push({ id: dossier.id, hors: hors ?? 'regime' });
    return [];
  });
  const quotas = await listQuotasRestants(db, seance.vagueId, seance.minimumDepartement);
  const besoins = await listBesoins(db, seance.programmeId, poids.habitants);
  const { enveloppe, objectif } = seance;
  return { probleme: { dossiers, enveloppe, objectif, quotas, besoins, poids }, hors: horsCalcul };
};

/** What is said of a file that was not weighed, beside why. */
const sansPoste: Explication = {
  postes: 0,
  plafond: 0,
  contraintes: [],
  valeur: 0,
  seuil: null,
  face: null,
};

/** Milliseconds between two notes of how far the calculation has got. */
const cadence = 500;

const proposer = async (outils: OutilsTache, { proposition: id }: { proposition: string }): Promise<void> => {
  const lue = await getProposition(outils.db, id);
  if (lue?.statut !== 'demandee') return;
  const { probleme, hors = [] } = (await lireProbleme(outils.db, lue.seanceId, lue.poids)) ?? {};
  const finir = (
    effet: (transaction: Database) => Promise<void>,
    fin: { nom: 'calculer' } | { nom: 'echouer'; motif: string },
  ) =>
    outils.uneFois(async (transaction) => {
      // Given up or done in the meantime: nothing is written.
      const done = await enRefus(async () =>
        reussi(
          exiger(
            await changerStatut(transaction, workflowProposition, systeme, {
              id,
              version: lue.version,
              ...fin,
            }),
          ),
        ),
      );
      if (done.ok) await effet(transaction);
    });
  if (!probleme || probleme.dossiers.length === 0) {
    const echec =
      'Aucun dossier ne peut être servi : il n’en reste plus à décider, aucun avis ne propose de poste, ou aucun régime ne s’applique au jour de la séance.';
    await finir((transaction) => noterResultat(transaction, id, { echec }), { nom: 'echouer', motif: echec });
    return;
  }
  let note: Promise<unknown> = Promise.resolve();
  let dernier = 0;
  const solution = await resoudre(probleme, {
    suivre: ({ duree, ecart }) => {
      if (performance.now() - dernier < cadence) return;
      dernier = performance.now();
      note = note.then(() => noterAvancement(outils.db, id, { duree, ecart })).catch(() => undefined);
    },
  }).catch(async (error: unknown) => {
    // Nobody waits for a calculation that will not end; the fault is the job's.
    const echec =
      'Le calcul s’est arrêté sur une erreur : demandez une autre proposition, ou prévenez l’assistance.';
    await finir((transaction) => noterResultat(transaction, id, { echec }), { nom: 'echouer', motif: echec });
    throw error;
  });
  await note;
  const { postes, montant, points, manques } = faireBilan(probleme, solution.postes);
  const explications = expliquer(probleme, solution.postes);
  await finir(
    async (transaction) => {
      await ecrireLignes(transaction, id, [
        ...probleme.dossiers.flatMap((dossier, rang) => {
          const explication = explications[rang];
          return explication ? [{ id: dossier.id, ...explication }] : [];
        }),
        ...hors.map((dossier) => ({ ...sansPoste, ...dossier })),
      ]);
      await noterResultat(transaction, id, {
        resultat: {
          dossiers: probleme.dossiers.length,
          hors: hors.length,
          postes,
          montant,
          points,
          borne: Math.max(points, solution.borne),
          ecart: solution.ecart,
          duree: solution.duree,
          manques: Object.fromEntries(manques),
          enveloppe: probleme.enveloppe,
          objectif: probleme.objectif,
        },
      });
    },
    { nom: 'calculer' },
  );
};

export const tacheProposer: DeclaredTache<{ proposition: string }> = defineTache({
  nom: 'proposer-repartition',
  libelle: 'Calculer une proposition de répartition',
  donnees: z.object({ proposition: z.uuid() }),
  travail: proposer,
});
