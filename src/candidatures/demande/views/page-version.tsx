import { instantLong } from '../../../platform/francais/index.ts';
import { SectionsLues } from '../../views/dossier.tsx';
import type { differences } from '../saisie.rules.ts';
import type { Version } from '../versions.store.ts';

const lu = (valeurs: readonly string[]): string =>
  valeurs.length === 0 ? 'Pas de réponse' : valeurs.join('\u00a0; ');

/** A submission as it was made, and what it changed. */
export function PageVersion({
  id,
  retour,
  version,
  ecarts,
}: {
  readonly id: string;
  /** Where the reader comes from. */
  readonly retour: string;
  readonly version: Version;
  /** Since the submission before; undefined for the first. */
  readonly ecarts: ReturnType<typeof differences> | undefined;
}) {
  return (
    <>
      <h1>Dépôt n°&nbsp;{version.numero}</h1>
      <p>
        Déposé le {instantLong(version.deposeeLe)}
        {version.auteur === null ? '' : ` par ${version.auteur}`}.{' '}
        <a class="fr-link" href={`/candidatures/${id}/accuse/${version.numero}`}>
          Accusé de réception (PDF)
        </a>
      </p>
      {ecarts === undefined ? null : (
        <section aria-labelledby="ecarts">
          <h2 id="ecarts">Ce qui a changé depuis le dépôt précédent</h2>
          {ecarts.length === 0 ? (
            <p>Rien dans les réponses.</p>
          ) : (
            <dl class="maillage-dossier">
              {ecarts.map(({ libelle, avant, apres }) => (
                <div key={libelle} class="maillage-dossier__ligne">
                  <dt>{libelle}</dt>
                  <dd>
                    <p>
                      Avant&nbsp;: <del>{lu(avant)}</del>
                    </p>
                    <p>
                      Maintenant&nbsp;: <ins>{lu(apres)}</ins>
                    </p>
                  </dd>
                </div>
              ))}
            </dl>
          )}
        </section>
      )}
      <SectionsLues id={id} sections={version.contenu.sections} />
      <p>
        <a class="fr-link" href={retour}>
          Revenir à la candidature
        </a>
      </p>
    </>
  );
}
