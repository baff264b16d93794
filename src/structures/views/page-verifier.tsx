import { ActeFait } from '../../platform/views/confirmation.tsx';
import { Alerte, EtatVide } from '../../platform/views/messages.tsx';
import { genresIdentifiant } from '../rules.ts';
import type { StructureAVerifier } from '../verification.store.ts';

const genreDe = (genre: string | null): string =>
  genre !== null && Object.hasOwn(genresIdentifiant, genre)
    ? genresIdentifiant[genre as keyof typeof genresIdentifiant]
    : 'sans numéro';

/** Structures typed by hand, to confirm one by one. */
export function PageVerifier({
  structures,
  refus,
  fait,
}: {
  readonly structures: readonly StructureAVerifier[];
  readonly refus: string | undefined;
  readonly fait: boolean;
}) {
  return (
    <>
      <h1>Structures à vérifier</h1>
      {fait ? <ActeFait>La structure est confirmée.</ActeFait> : null}
      {refus === undefined ? null : <Alerte ton="erreur">{refus}</Alerte>}
      <p>
        Leur nom et leur numéro ont été écrits à la main. Aucune décision n’est prise sur leur candidature
        tant qu’elles ne sont pas vérifiées, par l’annuaire des entreprises ou par vous.
      </p>
      <p>
        Le nom ou le numéro est faux&nbsp;? Ne confirmez pas&nbsp;: ouvrez la candidature et demandez-en la
        correction, ou écrivez à la structure par ses messages.
      </p>
      {structures.length === 0 ? (
        <EtatVide titre="Aucune structure à vérifier" />
      ) : (
        <ul class="maillage-candidatures">
          {structures.map((structure) => (
            <li key={structure.id}>
              <h2>{structure.nom}</h2>
              <p>
                {structure.identifiant === null
                  ? 'Sans numéro'
                  : `${genreDe(structure.genre)} ${structure.identifiant}`}
                {structure.nature === null ? '' : `, ${structure.nature}`}
              </p>
              <p>{[structure.adresse, structure.commune].filter(Boolean).join(', ')}</p>
              <p class="maillage-actions">
                {structure.candidature === null ? (
                  'Elle n’a pas encore déposé de candidature.'
                ) : (
                  <a class="fr-link" href={`/prefecture/candidatures/${structure.candidature}`}>
                    Voir la candidature<span class="fr-sr-only"> de {structure.nom}</span>
                  </a>
                )}
                <a class="fr-link" href={`/espace/structures/${structure.id}`}>
                  Voir la structure<span class="fr-sr-only"> {structure.nom}</span>
                </a>
              </p>
              {structure.motif === null ? null : <Alerte ton="attention">{structure.motif}</Alerte>}
              <form method="post" action={`/structures-a-verifier/${structure.id}`}>
                <input type="hidden" name="version" value={structure.version} />
                <div class="fr-input-group">
                  <label class="fr-label" for={`motif-${structure.id}`}>
                    Comment l’avez-vous vérifiée&nbsp;?
                    <span class="fr-hint-text">
                      Par exemple «&nbsp;avis de situation reçu&nbsp;». N’y nommez personne.
                    </span>
                  </label>
                  <input
                    class="fr-input"
                    id={`motif-${structure.id}`}
                    type="text"
                    name="motif"
                    required
                    maxlength={300}
                  />
                </div>
                <button class="fr-btn fr-btn--secondary" type="submit">
                  Confirmer<span class="fr-sr-only"> {structure.nom}</span>
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
