import { instantLong, pluriel } from '../platform/francais/index.ts';
import { nombreDe, type Phrases, texteDe } from '../platform/historique.ts';

export const phrases: Phrases = {
  'candidatures.importer': (contenu) =>
    `Fichier de décisions importé\u00a0: ${pluriel(nombreDe(contenu, 'creees'), 'ligne créée', 'lignes créées')}, ${pluriel(nombreDe(contenu, 'modifiees'), 'modifiée', 'modifiées')}, ${pluriel(nombreDe(contenu, 'rejetees'), 'rejetée', 'rejetées')}`,
  'candidatures.annoncer': (contenu) => {
    const instant = texteDe(contenu, 'instant');
    const departement = texteDe(contenu, 'departement');
    return `${pluriel(nombreDe(contenu, 'decisions'), 'décision annoncée', 'décisions annoncées')}${departement === undefined ? '' : ` dans le département ${departement}`}${instant === undefined ? '' : ` à partir du ${instantLong(instant)}`}`;
  },
  'candidatures.rattacher': () => 'Séance rattachée à sa vague',
};
