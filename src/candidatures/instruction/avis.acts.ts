import { sql } from 'kysely';
import { type Database, enTransaction } from '../../platform/database/index.ts';
import { type Acteur, journaliser } from '../../platform/journal.ts';
import { enRefus, exiger, type Resultat, refuser, reussi } from '../../platform/result.ts';
import { changerStatut } from '../../platform/workflow.ts';
import { workflowCandidature } from '../workflow.ts';
import { type AvisDemande, type Niveau, vagueAnnulee, verifierAvis } from './rules.ts';
import { type Fiche, findFiche } from './store.ts';

/** Whose history an act on an application is; without the structure where it may not read it. */
export const perimetrePrefecture = ({ departement }: Fiche) => (departement === null ? {} : { departement });

/** A file named to an act: what nobody may see is absent. */
export const introuvable = () => refuser('absent', 'Cette candidature est introuvable.');

/**
 * Gives an opinion, which stands beside those before it. That of the level that counts in the wave makes the
 * application `instruite`; that of another level informs.
 */
export const rendreAvis = (
  db: Database,
  acteur: Acteur,
  demande: AvisDemande & {
    readonly candidatureId: string;
    readonly version: number;
    readonly niveau: Niveau;
    readonly personne: string | null;
  },
): Promise<Resultat<{ readonly compte: boolean }>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const fiche = await findFiche(transaction, demande.candidatureId);
      if (fiche === undefined) return introuvable();
      if (fiche.etatVague === 'annulee') return refuser('etat', vagueAnnulee);
      const { favorable, niveau } = demande;
      const faux = verifierAvis(demande, fiche.postes);
      if (faux !== undefined) return faux;
      const compte = niveau === fiche.avisNiveau;
      const contenu = { niveau, favorable, postes: demande.postes };
      if (compte)
        exiger(
          await changerStatut(transaction, workflowCandidature, acteur, {
            id: fiche.id,
            nom: 'rendre_avis',
            version: demande.version,
            contenu,
            perimetre: perimetrePrefecture(fiche),
          }),
        );
      else if (!['deposee', 'en_correction', 'instruite', 'ajournee'].includes(fiche.statut))
        return refuser(
          'etat',
          `Impossible de donner un avis : la candidature est « ${workflowCandidature.etats[fiche.statut]} ».`,
        );
      else
        await journaliser(transaction, acteur, {
          acte: 'candidature.informer',
          objetType: 'candidature',
          objetId: fiche.id,
          contenu,
          perimetre: perimetrePrefecture(fiche),
        });
      await transaction
        .insertInto('candidature_avis')
        .values({
          candidature_id: fiche.id,
          niveau,
          favorable,
          postes_proposes: demande.postes,
          commentaire: demande.commentaire.trim(),
          rendu_par: demande.personne,
          // After the submission, even in one transaction.
          rendu_le: sql`clock_timestamp()`,
        })
        .execute();
      return reussi({ compte });
    }),
  );
