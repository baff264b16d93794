import { Confirmation } from '../../../platform/views/confirmation.tsx';
import type { Seance } from '../seances.store.ts';
import { Cadre, nomDeSeance, type Vu } from './cadre.tsx';

/** Asks before a session that was prepared by mistake is deleted. */
export function PageSuppression({ seance, vu }: { readonly seance: Seance; readonly vu: Vu }) {
  return (
    <Cadre
      seance={seance}
      onglet={null}
      administrateur
      vu={vu}
      titre={`Supprimer la ${nomDeSeance(seance).toLowerCase()}`}
    >
      <Confirmation
        id="supprimer"
        titre="Supprimer cette séance ?"
        effets={[
          'elle disparaît de la liste des séances, et ses membres ne la voient plus\u00a0;',
          'son numéro et sa date redeviennent libres\u00a0;',
          'les candidatures et les conflits d’intérêts déclarés ne changent pas.',
        ]}
        action={`/comite/${seance.id}/supprimer`}
        champs={{ version: String(seance.version) }}
        bouton="Supprimer la séance"
        renoncer={{ texte: 'Revenir à la séance', href: `/comite/${seance.id}` }}
        definitif
      />
    </Cadre>
  );
}
