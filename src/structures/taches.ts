import { type DeclaredTache, defineTache, sansDonnees } from '../platform/taches.ts';
import { type Annuaire, ouvrirAnnuaire } from './annuaire.ts';
import { verifierStructures } from './verification.acts.ts';

const service = { identifiant: 'maillage', role: 'operateur' } as const;

/** The jobs on structures. `adresse` gives where the directory is; undefined: it is not asked. */
export const creerTaches = (adresse: () => string | undefined): readonly DeclaredTache[] => [
  defineTache({
    nom: 'structures.verifier',
    libelle: 'Vérifier dans l’annuaire des entreprises les structures saisies à la main',
    planification: '20 * * * *',
    donnees: sansDonnees,
    travail: async ({ db }) => {
      const ou = adresse();
      if (ou === undefined) return;
      const annuaire: Annuaire = ouvrirAnnuaire(ou);
      const { joignable } = await verifierStructures(db, service, annuaire);
      // Said where failed jobs are looked for; the queue tries again.
      if (!joignable) throw new Error('the directory of companies does not answer');
    },
  }),
];
