import { Etapier } from '../../../platform/views/etapes.tsx';
import type { EtapeDemandee } from '../formulaire.rules.ts';
import type { VagueLue } from '../store.ts';
import { ChampsDemandes } from './formulaire-lu.tsx';

/** A step of the form as a candidate will meet it, to be read. */
export function PageApercu({
  adresse,
  vague,
  etapes,
  etape,
}: {
  readonly adresse: string;
  readonly vague: VagueLue;
  readonly etapes: readonly EtapeDemandee[];
  readonly etape: number;
}) {
  const montree = etapes[etape - 1];
  return (
    <>
      <h1>Aperçu du formulaire</h1>
      <p>
        Ce qu’un candidat à la vague «&nbsp;{vague.nom}&nbsp;» devra remplir. Rien ne s’enregistre ici.{' '}
        <a class="fr-link" href={adresse}>
          Revenir à la vague
        </a>
      </p>
      {vague.presentation === null ? null : <p>{vague.presentation}</p>}
      <Etapier etapes={etapes.map(({ titre }) => titre)} etape={etape} />
      {montree === undefined ? null : <ChampsDemandes champs={montree.champs} />}
      <nav aria-label="Étapes du formulaire" class="maillage-actions">
        {etape > 1 ? (
          <a class="fr-btn fr-btn--secondary" href={`${adresse}/apercu?etape=${etape - 1}`} rel="prev">
            Étape précédente
          </a>
        ) : null}
        {etape < etapes.length ? (
          <a class="fr-btn" href={`${adresse}/apercu?etape=${etape + 1}`} rel="next">
            Étape suivante
          </a>
        ) : null}
      </nav>
    </>
  );
}
