import { defineTacheAFaire, type TacheAFaire } from '../platform/a-faire.ts';
import { pluriel } from '../platform/francais/index.ts';
import { libellesARelire } from './store.ts';

const chemin = '/prefecture/libelles';

/** What waits for the préfectures. */
export const aFaire: readonly TacheAFaire[] = [
  defineTacheAFaire({
    type: 'structures.libelles_a_relire',
    roles: ['instructeur'],
    libelle: (nombre) => pluriel(nombre, 'libellé de structure à relire', 'libellés de structures à relire'),
    href: chemin,
    requete: libellesARelire(chemin),
  }),
];
