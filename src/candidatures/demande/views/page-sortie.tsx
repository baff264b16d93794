import { type ErreursFormulaire, ResumeErreurs, ZoneTexte } from '../../../platform/views/champs.tsx';
import { Confirmation } from '../../../platform/views/confirmation.tsx';
import { Alerte } from '../../../platform/views/messages.tsx';
import type { Candidature } from '../store.ts';

const textes = {
  abandonner: {
    titre: 'Abandonner ce brouillon\u00a0?',
    bouton: 'Abandonner le brouillon',
    effets: [
      'Le brouillon reste lisible, mais ne peut plus être rempli ni déposé.',
      'La structure peut commencer une autre candidature à cette vague tant qu’elle est ouverte.',
    ],
  },
  retirer: {
    titre: 'Retirer cette candidature\u00a0?',
    bouton: 'Retirer la candidature',
    effets: [
      'La préfecture et le comité ne l’examinent plus.',
      'Ce que vous avez déposé reste lisible par vous et par la préfecture.',
      'La structure peut commencer une autre candidature à cette vague tant qu’elle est ouverte.',
    ],
  },
  se_desister: {
    titre: 'Renoncer aux postes obtenus\u00a0?',
    bouton: 'Renoncer aux postes',
    effets: [
      'La structure n’accueille plus de conseiller numérique au titre de cette décision.',
      'Les postes peuvent être proposés à une autre structure.',
    ],
  },
} as const;

/** Asks before what was typed since the last submission is dropped. */
export function PageAnnulation({
  candidature,
  depot,
  refus,
}: {
  readonly candidature: Candidature;
  readonly depot: number;
  readonly refus: string | undefined;
}) {
  const { id, numero, vague, version } = candidature;
  return (
    <div class="maillage-etroit">
      <h1>
        Abandonner vos modifications&nbsp;?
        <span class="maillage-surtitre">
          {' '}
          Candidature n°&nbsp;{numero}, {vague.nom}
        </span>
      </h1>
      {refus === undefined ? null : <Alerte ton="erreur">{refus}</Alerte>}
      <Confirmation
        id="annulation"
        titre="Avant de confirmer"
        effets={[
          `Les réponses redeviennent celles de votre dépôt n°\u00a0${depot}.`,
          'Ce que vous et vos collègues avez écrit depuis, sans le déposer, est perdu.',
        ]}
        action={`/candidatures/${id}/annulation`}
        champs={{ version: String(version) }}
        bouton="Abandonner les modifications"
        renoncer={{ texte: 'Garder les modifications', href: `/candidatures/${id}` }}
        definitif
      />
    </div>
  );
}

/** Asks before an application is taken back. */
export function PageSortie({
  candidature,
  sortie,
  motif,
  erreurs,
  refus,
}: {
  readonly candidature: Candidature;
  readonly sortie: keyof typeof textes;
  readonly motif: string | undefined;
  readonly erreurs: ErreursFormulaire;
  readonly refus: string | undefined;
}) {
  const { id, numero, vague, version } = candidature;
  const { titre, bouton, effets } = textes[sortie];
  return (
    <div class="maillage-etroit">
      <h1>
        {titre}
        <span class="maillage-surtitre">
          {' '}
          Candidature n°&nbsp;{numero}, {vague.nom}
        </span>
      </h1>
      <ResumeErreurs erreurs={erreurs} />
      {refus === undefined ? null : <Alerte ton="erreur">{refus}</Alerte>}
      <Confirmation
        id="sortie"
        titre="Avant de confirmer"
        effets={effets}
        action={`/candidatures/${id}/sortie`}
        champs={{ version: String(version) }}
        bouton={bouton}
        renoncer={{ texte: 'Ne rien changer', href: `/candidatures/${id}` }}
        definitif
      >
        <ZoneTexte
          nom="motif"
          libelle={sortie === 'abandonner' ? 'Motif (facultatif)' : 'Motif'}
          indication={`${sortie === 'abandonner' ? 'Il est gardé dans l’historique' : 'Il est lu par la préfecture'}. N’y nommez personne.`}
          obligatoire={sortie !== 'abandonner'}
          valeur={motif}
          lignes={3}
          erreurs={erreurs}
        />
      </Confirmation>
    </div>
  );
}
