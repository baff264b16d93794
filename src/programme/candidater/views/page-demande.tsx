import { liste, pourcentage } from '../../../platform/francais/index.ts';
import type { EtapeDemandee } from '../../vagues/formulaire.rules.ts';
import { type Critere, partDuPoids } from '../../vagues/rules.ts';
import { ChampsDemandes } from '../../vagues/views/formulaire-lu.tsx';
import type { VaguePublique } from '../store.ts';

/** Everything that a wave asks, and how applications are judged. */
export function PageDemande({
  titre,
  vague,
  etapes,
  criteres,
}: {
  readonly titre: string;
  readonly vague: VaguePublique;
  readonly etapes: readonly EtapeDemandee[];
  readonly criteres: readonly Critere[];
}) {
  return (
    <>
      <h1>{titre}</h1>
      <p class="fr-text--lead">
        Voici tout ce qui vous sera demandé. Vous remplissez le formulaire en plusieurs fois&nbsp;: ce que
        vous écrivez est gardé à chaque étape.
      </p>
      {etapes.map(({ cle, titre: etape, champs }, rang) => (
        <section key={cle} aria-labelledby={`etape-${cle}`}>
          <h2 id={`etape-${cle}`}>
            Étape {rang + 1}&nbsp;: {etape}
          </h2>
          <ChampsDemandes champs={champs} />
        </section>
      ))}
      <h2>Comment les candidatures sont jugées</h2>
      {criteres.length === 0 ? (
        <p>Cette vague ne publie pas de critère.</p>
      ) : (
        <>
          <p>Le comité note chaque candidature sur ces critères&nbsp;:</p>
          <ul>
            {criteres.map(({ id, libelle, aide, poids }) => (
              <li key={id}>
                {libelle} ({pourcentage(partDuPoids(poids, criteres))} de la note)
                {aide === null ? null : <span class="fr-hint-text">{aide}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
      {vague.priorites.length === 0 ? null : <p>La vague privilégie {liste(vague.priorites)}.</p>}
      <p>
        <a class="fr-link" href="/candidater">
          Revenir aux vagues de candidatures
        </a>
      </p>
    </>
  );
}
