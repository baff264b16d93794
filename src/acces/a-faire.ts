import { defineTacheAFaire, type TacheAFaire } from '../platform/a-faire.ts';
import { pluriel } from '../platform/francais/index.ts';
import { compterInvitationsExpirees } from './invitations.store.ts';
import { compterRevendications } from './revendications.store.ts';

/** What waits for those who look after people. */
export const aFaire: readonly TacheAFaire[] = [
  defineTacheAFaire({
    type: 'acces.revendication',
    roles: ['instructeur', 'administrateur'],
    libelle: (nombre) => pluriel(nombre, 'demande d’accès à traiter', 'demandes d’accès à traiter'),
    href: '/revendications',
    compter: async (db) => ({ nombre: await compterRevendications(db) }),
  }),
  defineTacheAFaire({
    type: 'acces.invitation_expiree',
    roles: ['gestionnaire', 'instructeur', 'administrateur'],
    libelle: (nombre) =>
      pluriel(nombre, 'invitation restée sans réponse', 'invitations restées sans réponse'),
    href: '/invitations?etat=expiree',
    compter: async (db) => ({ nombre: await compterInvitationsExpirees(db) }),
  }),
];
