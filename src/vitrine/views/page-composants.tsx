import { ListeLiens } from '../../platform/views/liens.tsx';
import { DESSINS } from './composants/dessins.tsx';
import { Composant } from './composants/exemple.tsx';
import { FORMULAIRES } from './composants/formulaires.tsx';
import { TEXTES } from './composants/textes.tsx';

const COMPOSANTS = [...TEXTES, ...FORMULAIRES, ...DESSINS];

/** All the parts of the interface in all their states: to choose one, and to see what a change does to them. */
export function PageComposants() {
  return (
    <>
      <h1>Composants de l’interface</h1>
      <p class="fr-text--lead">
        Ce dont les pages sont faites, dans tous ses états. Les exemples sont inventés, et leurs formulaires
        n’enregistrent rien.
      </p>
      <nav class="maillage-non-imprime" aria-label="Composants">
        <ListeLiens colonnes liens={COMPOSANTS.map(({ id, nom }) => ({ texte: nom, href: `#${id}` }))} />
      </nav>
      {COMPOSANTS.map((composant) => (
        <Composant key={composant.id} {...composant} />
      ))}
    </>
  );
}
