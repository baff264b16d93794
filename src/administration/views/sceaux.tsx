import { instantLong, nombre, pluriel } from '../../platform/francais/index.ts';
import { Alerte } from '../../platform/views/messages.tsx';
import type { DerniereVerification, EtatDesSceaux } from '../tableau.store.ts';

export type SceauxProps = {
  readonly sceaux: EtatDesSceaux;
  readonly verification: DerniereVerification | undefined;
  readonly verificationEnCours: boolean;
};

/** How far the journal is sealed, and what its last verification found. */
export function Sceaux({ sceaux, verification, verificationEnCours }: SceauxProps) {
  const { dernier, enAttente } = sceaux;
  return (
    <>
      {verification !== undefined && verification.anomalies.length > 0 ? (
        <Alerte ton="erreur" titre="Le journal a été modifié">
          <ul>
            {verification.anomalies.map((anomalie, rang) => (
              <li key={rang}>{anomalie}</li>
            ))}
          </ul>
        </Alerte>
      ) : null}
      <dl class="maillage-fiche">
        <div>
          <dt>Scellé jusqu’au</dt>
          <dd>
            {dernier === null
              ? 'pas encore scellé'
              : `${instantLong(dernier.instant)}, sceau n°\u00a0${nombre(dernier.numero)}`}
          </dd>
        </div>
        <div>
          <dt>En attente d’un sceau</dt>
          <dd>{pluriel(enAttente, 'ligne', 'lignes')}</dd>
        </div>
        <div>
          <dt>Dernière vérification</dt>
          <dd>
            {verification === undefined
              ? 'jamais'
              : `${instantLong(verification.instant)}\u00a0: ${
                  verification.anomalies.length === 0
                    ? `le journal est entier (${pluriel(verification.sceaux, 'sceau', 'sceaux')}, ${pluriel(verification.scellees, 'ligne', 'lignes')})`
                    : pluriel(verification.anomalies.length, 'anomalie', 'anomalies')
                }`}
          </dd>
        </div>
        {dernier === null ? null : (
          <div>
            <dt>Empreinte à noter ailleurs</dt>
            <dd class="maillage-tableau__brut">
              <code>{dernier.empreinte}</code>
            </dd>
          </div>
        )}
      </dl>
      {verificationEnCours ? (
        <p>Une vérification est demandée&nbsp;: son résultat paraîtra ici. Rechargez la page plus tard.</p>
      ) : (
        <p>
          <a class="fr-btn fr-btn--secondary" href="/administration/taches/verifier/lancer">
            Vérifier le journal maintenant
          </a>
        </p>
      )}
    </>
  );
}
