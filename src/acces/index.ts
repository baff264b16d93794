import type { DeclaredRoute } from '../platform/http/route.ts';
import { routes as compte } from './compte/compte.routes.tsx';
import { routes as courriel } from './compte/courriel.routes.tsx';
import { routes as donnees } from './compte/donnees-personnelles.routes.tsx';
import { routes as connexion } from './connexion/connexion.routes.tsx';
import { routes as demonstration } from './connexion/demonstration.routes.tsx';
import { routes as oidc } from './connexion/oidc.routes.tsx';
import { routes as ouverture } from './connexion/ouverture.routes.tsx';
import { routes as secondFacteur } from './connexion/second-facteur.routes.tsx';
import { routes as invitations } from './invitations/invitations.routes.tsx';
import { routes as fichiers } from './invitations/invitations-fichier.routes.tsx';
import { routes as revendications } from './revendications/revendications.routes.tsx';
import { routes as personnes } from './roles/personnes.routes.tsx';
import { routes as roles } from './roles/roles.routes.tsx';

export { aFaire } from './a-faire.ts';
export { commandes } from './commands.ts';
export { demanderEffacement } from './compte/effacement.acts.ts';
export { demonstrationOuverte } from './connexion/demonstration.rules.ts';
export { creerPortier } from './connexion/portier.ts';
export { retirerSecondFacteur } from './connexion/second-facteur.acts.ts';
export { compteDe, navigationDe } from './navigation.ts';
export { phrases } from './phrases.ts';
export { compterComptes } from './roles/personnes.store.ts';
export { type AttributionLue, listAttributionsDeStructure } from './roles/roles.store.ts';
export { libellesDesRoles, nomDeRole } from './rules.ts';
export { taches } from './taches.ts';
export { workflowInvitation, workflowRevendication } from './workflows.ts';

export const routes: readonly DeclaredRoute[] = [
  ...connexion,
  ...oidc,
  ...demonstration,
  ...compte,
  ...courriel,
  ...secondFacteur,
  ...donnees,
  ...personnes,
  ...roles,
  // Before `/invitations/:id`, which would take « fichier » for an identifier.
  ...fichiers,
  ...invitations,
  ...revendications,
  ...ouverture,
];
