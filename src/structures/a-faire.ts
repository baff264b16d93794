import { defineTacheAFaire, type TacheAFaire } from '../platform/a-faire.ts';
import { pluriel } from '../platform/francais/index.ts';
import { compterStructuresAVerifier } from './verification.store.ts';

/** What waits for those who know structures. */
export const aFaire: readonly TacheAFaire[] = [
  defineTacheAFaire({
    type: 'structure.a_verifier',
    roles: ['instructeur', 'administrateur'],
    libelle: (nombre) => pluriel(nombre, 'structure à vérifier', 'structures à vérifier'),
    href: '/structures-a-verifier',
    compter: async (db) => ({ nombre: await compterStructuresAVerifier(db) }),
  }),
];
