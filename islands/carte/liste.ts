import { pluriel } from '../../src/platform/francais/grammaire.ts';
import { decrireLieu, hrefStructure } from '../../src/platform/views/lieux.ts';
import type { Lieu } from './lieux.ts';

/** Entries shown at once. */
const LIMITE = 50;

export type Liste = {
  /** Shows what is within the view, nearest to its middle first, and says how many. */
  readonly montrer: (dansLaVue: readonly Lieu[]) => void;
  /** Marks the entries of the structures pointed at on the map. */
  readonly designer: (ids: readonly string[]) => void;
};

const compter = (compte: number): string => {
  if (compte === 0) return 'Aucune structure dans la vue\u00a0: revenez à la vue d’ensemble';
  const phrase = `${pluriel(compte, 'structure', 'structures')} dans la vue`;
  return compte > LIMITE ? `${phrase}, dont les ${LIMITE} plus proches du centre sont ici` : phrase;
};

const composer = (lieu: Lieu): HTMLElement => {
  const entree = document.createElement('li');
  entree.className = 'carte-lieux__entree';
  entree.id = `lieu-${lieu.id}`;
  entree.dataset['id'] = lieu.id;
  const lien = document.createElement('a');
  lien.href = hrefStructure(lieu.id);
  lien.textContent = lieu.libelle;
  const detail = document.createElement('span');
  detail.className = 'carte-lieux__detail';
  detail.textContent = decrireLieu(lieu);
  entree.append(lien, ' ', detail);
  return entree;
};

/** The list beside the map. `survoler` is told which structure is pointed at in it, or null. */
export const suivre = (cote: HTMLElement, survoler: (id: string | null) => void): Liste => {
  const liste = cote.querySelector('ol');
  const compte = cote.querySelector('[role="status"]');
  const defile = cote.querySelector('.carte-lieux__defile');
  // Entries drawn by the server may say more (a distance): they serve again.
  const entrees = new Map<string, HTMLElement>(
    [...cote.querySelectorAll<HTMLElement>('ol > li')].map((entree) => [entree.dataset['id'] ?? '', entree]),
  );
  const entreeDe = (lieu: Lieu): HTMLElement => {
    const entree = entrees.get(lieu.id) ?? composer(lieu);
    entrees.set(lieu.id, entree);
    return entree;
  };
  const idDe = ({ target }: Event): string | null =>
    target instanceof Element ? (target.closest<HTMLElement>('ol > li')?.dataset['id'] ?? null) : null;
  for (const type of ['mouseover', 'focusin']) cote.addEventListener(type, (event) => survoler(idDe(event)));
  for (const type of ['mouseleave', 'focusout']) cote.addEventListener(type, () => survoler(null));
  return {
    montrer: (dansLaVue) => {
      liste?.replaceChildren(...dansLaVue.slice(0, LIMITE).map(entreeDe));
      defile?.scrollTo({ top: 0 });
      const phrase = compter(dansLaVue.length);
      if (compte && compte.textContent !== phrase) compte.textContent = phrase;
    },
    designer: (ids) => {
      for (const [id, entree] of entrees) entree.classList.toggle('est-designe', ids.includes(id));
    },
  };
};
