import type { DeclaredRoute } from '../platform/http/route.ts';
import { routes as compte } from './compte.routes.tsx';
import { routes as connexion } from './connexion.routes.tsx';
import { routes as courriel } from './courriel.routes.tsx';
import { routes as demonstration } from './demonstration.routes.tsx';
import { routes as donnees } from './donnees-personnelles.routes.tsx';
import { routes as invitations } from './invitations.routes.tsx';
import { routes as fichiers } from './invitations-fichier.routes.tsx';
import { routes as oidc } from './oidc.routes.tsx';
import { routes as ouverture } from './ouverture.routes.tsx';
import { routes as personnes } from './personnes.routes.tsx';
import { routes as revendications } from './revendications.routes.tsx';
import { routes as roles } from './roles.routes.tsx';
import { routes as secondFacteur } from './second-facteur.routes.tsx';

export { aFaire } from './a-faire.ts';
export { avertirDeLaCle } from './cle.ts';
export { commandes } from './commands.ts';
export { demonstrationOuverte } from './demonstration.rules.ts';
export { demanderEffacement } from './effacement.acts.ts';
export { compterInvitationsExpirees } from './invitations.store.ts';
export { compteDe, navigationDe } from './navigation.ts';
export { compterComptes } from './personnes.store.ts';
export { phrases } from './phrases.ts';
export { creerPortier } from './portier.ts';
export { retirerSecondFacteur } from './second-facteur.acts.ts';
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
