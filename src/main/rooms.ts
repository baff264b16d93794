import * as acces from '../acces/index.ts';
import * as administration from '../administration/index.ts';
import * as candidatures from '../candidatures/index.ts';
import * as communication from '../communication/index.ts';
import * as demo from '../demo/index.ts';
import * as deploiement from '../deploiement/index.ts';
import * as espace from '../espace/index.ts';
import * as plan from '../plan/index.ts';
import type { TacheAFaire } from '../platform/a-faire.ts';
import type { DeclarerCommandes } from '../platform/cli.ts';
import { readConfig } from '../platform/config.ts';
import { ouvrirDepot, tachesDesFichiers, workflowFichier } from '../platform/fichiers/index.ts';
import { fontsFolder } from '../platform/fonts.ts';
import type { Phrases } from '../platform/historique.ts';
import type { DeclaredRoute } from '../platform/http/route.ts';
import { phrases as phrasesCommunes } from '../platform/phrases.ts';
import { exiger } from '../platform/result.ts';
import { commandesDeSuivi } from '../platform/taches.commands.ts';
import type { DeclaredTache } from '../platform/taches.ts';
import { tachesCommunes } from '../platform/taches-communes.ts';
import * as programme from '../programme/index.ts';
import * as statistiques from '../statistiques/index.ts';
import * as structures from '../structures/index.ts';
import * as territoires from '../territoires/index.ts';
import * as vitrine from '../vitrine/index.ts';

/** Every job. */
export const taches: readonly DeclaredTache[] = [
  ...tachesCommunes,
  ...tachesDesFichiers(() => ouvrirDepot(exiger(readConfig(process.env)))),
  ...acces.taches,
  ...candidatures.creerTaches({
    expediteur: communication.lireExpediteur,
    commencerCommuniques: communication.commencerCommuniques,
    ouvrirDepot: () => ouvrirDepot(exiger(readConfig(process.env))),
    fontsFolder,
  }),
  ...structures.creerTaches(() => exiger(readConfig(process.env)).annuaire),
  ...administration.taches,
];

/** Every command of the command line, room by room. */
export const commandes: readonly DeclarerCommandes[] = [
  candidatures.commandes,
  communication.commandes,
  statistiques.commandes,
  programme.commandes,
  structures.commandes,
  deploiement.commandes,
  plan.commandes,
  territoires.commandes,
  demo.commandes,
  commandesDeSuivi(taches),
  acces.commandes,
];

/** Every workflow: their diagrams and their CHECK constraints are tested from here. */
export const workflows = [
  communication.workflowCommunique,
  workflowFichier,
  candidatures.workflowDepot,
  candidatures.workflowCandidature,
  candidatures.workflowSeance,
  candidatures.workflowProposition,
  acces.workflowInvitation,
  acces.workflowRevendication,
  programme.workflowVague,
] as const;

/** The sentence of every act, for histories. */
export const phrases: Phrases = {
  ...phrasesCommunes,
  ...acces.phrases,
  ...administration.phrases,
  ...candidatures.phrases,
  ...communication.phrases,
  ...demo.phrases,
  ...deploiement.phrases,
  ...plan.phrases,
  ...programme.phrases,
  ...structures.phrases,
  ...territoires.phrases,
};

/** What waits for people, room by room; for one due date, in this order. */
export const aFaire: readonly TacheAFaire[] = [
  ...communication.aFaire,
  ...structures.aFaire,
  ...programme.aFaire,
  ...candidatures.aFaire,
  ...acces.aFaire,
];

/** Every route of the product. */
export const routes: readonly DeclaredRoute[] = [
  ...vitrine.routes,
  ...communication.routes,
  ...structures.routes,
  ...candidatures.routes,
  ...programme.creerRoutes(programme.etapesDuNoyau(candidatures.etapes, candidatures.noyau)),
  ...acces.routes,
  ...administration.creerRoutes(taches),
  ...espace.creerRoutes({ aFaire, phrases, etats: espace.etatsDuService }),
];
