import { nombre, pluriel } from '../platform/francais/index.ts';
import { nombreDe, type Phrases, texteDe } from '../platform/historique.ts';

const tache = (nom: string | undefined): string => (nom === undefined ? '' : `\u00a0: ${nom}`);

export const phrases: Phrases = {
  'tache.avancer': (contenu) => `Tâche lancée sans attendre son heure${tache(texteDe(contenu, 'tache'))}`,
  'tache.reprendre': (contenu) => `Tâche en échec relancée${tache(texteDe(contenu, 'tache'))}`,
  'journal.verifier': (contenu) => {
    const anomalies = Array.isArray(contenu['anomalies']) ? contenu['anomalies'].length : 0;
    return anomalies > 0
      ? `Journal vérifié\u00a0: ${pluriel(anomalies, 'anomalie', 'anomalies')}`
      : `Journal vérifié et entier\u00a0: ${nombre(nombreDe(contenu, 'scellees'))} lignes scellées`;
  },
};
