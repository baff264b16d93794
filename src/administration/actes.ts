import { capitale } from '../platform/francais/index.ts';
import type { Phrases } from '../platform/historique.ts';
import type { Choix } from '../platform/views/champs.tsx';

/** What acts are called where their sentence begins with a count, or is that of another act too. */
const libelles: Readonly<Record<string, string>> = {
  'acces.bloquer_second_facteur': 'Second facteur en attente après des codes faux',
  'candidatures.annoncer': 'Décisions annoncées',
  'candidatures.importer_seance': 'Décisions d’une séance importées',
  'candidatures.annuler_annonce': 'Annonce annulée avant son heure',
  'communique.reecrire': 'Paragraphe réécrit ou rétabli',
  'communication.finir_signataire': 'Signataire retiré ou fin d’une signature',
  'communication.regler_prefecture': 'Réglages de la préfecture modifiés',
  'import_depot.deposer': 'Fichier d’import déposé',
  'import_depot.simuler': 'Aperçu d’un import prêt',
  'import_depot.reprendre': 'Aperçu d’un import à refaire',
  'journal.verifier': 'Journal vérifié',
  'programme.engager': 'Engagement sur l’enveloppe',
  'programme.definir_enveloppe': 'Montant de l’enveloppe changé',
  'structures.definir_libelle': 'Libellé public écrit ou retiré',
  'territoires.importer_contours': 'Contours importés',
};

/** Acts to choose from, each under a label of its own. */
export const choixDActes = (phrases: Phrases): readonly Choix[] =>
  Object.entries(phrases)
    .map(([valeur, phrase]) => ({
      valeur,
      libelle: libelles[valeur] ?? capitale(phrase({}).split('\u00a0:')[0] ?? valeur),
    }))
    .toSorted((a, b) => a.libelle.localeCompare(b.libelle, 'fr'));
