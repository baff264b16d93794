import type { PartieDEspace } from '../../candidatures/index.ts';
import { Partie } from './partie.tsx';

/** Where applications stand, one line for each thing of the role. */
export function Suivi({ suivi }: { readonly suivi: PartieDEspace }) {
  const { titre, lignes, vide, suite } = suivi;
  return (
    <Partie id="candidatures" titre={titre}>
      {lignes.length === 0 ? (
        <p>{vide}</p>
      ) : (
        <ul class="maillage-a-faire">
          {lignes.map(({ texte, href, detail }) => (
            <li key={href}>
              <a class="fr-link" href={href}>
                {texte}
              </a>
              &nbsp;: {detail}
            </li>
          ))}
        </ul>
      )}
      <p>
        <a class="fr-link" href={suite.href}>
          {suite.texte}
        </a>
      </p>
    </Partie>
  );
}
