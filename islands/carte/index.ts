// The map of structures comes alive when it comes near the screen; until then, and where it cannot, the drawing stays.

/** Asked before a megabyte is loaded for nothing. */
const saitDessiner = (): boolean => {
  try {
    return document.createElement('canvas').getContext('webgl2') !== null;
  } catch {
    return false;
  }
};

const guetter = (figures: readonly HTMLElement[]): void => {
  const guet = new IntersectionObserver(
    (entrees) => {
      for (const { isIntersecting, target } of entrees) {
        if (!isIntersecting || !(target instanceof HTMLElement)) continue;
        guet.unobserve(target);
        import('./vive.ts')
          .then(({ animer }) => animer(target))
          .catch((erreur: unknown) => console.warn('Carte animée indisponible', erreur));
      }
    },
    { rootMargin: '300px' },
  );
  for (const figure of figures) guet.observe(figure);
};

const figures = [...document.querySelectorAll<HTMLElement>('[data-ilot="carte"]')];
if (figures.length > 0 && 'IntersectionObserver' in window && saitDessiner()) guetter(figures);
