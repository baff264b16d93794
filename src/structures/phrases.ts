import { type Phrases, texteDe } from '../platform/historique.ts';

export const phrases: Phrases = {
  'structures.verifier': (contenu) =>
    texteDe(contenu, 'par') === 'annuaire'
      ? 'Structure vérifiée dans l’annuaire des entreprises'
      : 'Structure vérifiée à la main',
  'structures.definir_libelle': (contenu) => {
    const libelle = texteDe(contenu, 'apres');
    return libelle === undefined
      ? 'Libellé public retiré'
      : `Libellé public écrit\u00a0: «\u00a0${libelle}\u00a0»`;
  },
};
