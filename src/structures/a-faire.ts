import { defineTacheAFaire, type TacheAFaire } from '../platform/a-faire.ts';
import { pluriel } from '../platform/francais/index.ts';
import { libellesARelire } from './store.ts';
import { structuresAVerifier } from './verification.store.ts';

const chemin = '/prefecture/libelles';

/** What waits for those who know structures. */
export const aFaire: readonly TacheAFaire[] = [
  defineTacheAFaire({
    type: 'structures.libelles_a_relire',
    roles: ['instructeur'],
    libelle: (nombre) => pluriel(nombre, 'libellé de structure à relire', 'libellés de structures à relire'),
    href: chemin,
    requete: libellesARelire(chemin),
  }),
  defineTacheAFaire({
    type: 'structure.a_verifier',
    roles: ['instructeur', 'administrateur'],
    libelle: (nombre) => pluriel(nombre, 'structure à vérifier', 'structures à vérifier'),
    href: '/structures-a-verifier',
    requete: structuresAVerifier,
  }),
];
