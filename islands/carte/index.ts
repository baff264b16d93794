// The map of structures comes alive when somebody asks for it, or near the screen on the page that is about it; until
// then, and where it cannot, the drawing stays.

/** Asked before a megabyte is loaded for nothing. */
const saitDessiner = (): boolean => {
  try {
    return document.createElement('canvas').getContext('webgl2') !== null;
  } catch {
    return false;
  }
};

/** Whether the map came alive. */
const animer = async (figure: HTMLElement): Promise<boolean> => {
  try {
    const vive = await import('./vive.ts');
    await vive.animer(figure);
    return true;
  } catch (erreur) {
    console.warn('Carte animée indisponible', erreur);
    return false;
  }
};

const guetter = (figure: HTMLElement): void => {
  const guet = new IntersectionObserver(
    ([entree]) => {
      if (!entree?.isIntersecting) return;
      guet.disconnect();
      void animer(figure);
    },
    { rootMargin: '300px' },
  );
  guet.observe(figure);
};

/** A button over the drawing: whoever only reads the page does not wait for a map that moves, nor pay for it. */
const proposer = (figure: HTMLElement): void => {
  const cadre = figure.querySelector('.carte-lieux__cadre');
  if (!cadre) return;
  const bouton = document.createElement('button');
  bouton.type = 'button';
  bouton.className = 'fr-btn fr-btn--secondary fr-btn--sm carte-lieux__explorer';
  bouton.textContent = 'Explorer la carte';
  bouton.addEventListener('click', async () => {
    bouton.disabled = true;
    bouton.textContent = 'Chargement…';
    if (await animer(figure)) {
      bouton.remove();
      figure.querySelector<HTMLElement>('canvas')?.focus();
      return;
    }
    // The focus stays where it was, on a button that says what happened and may be tried again.
    bouton.disabled = false;
    bouton.textContent = 'Carte indisponible : réessayer';
    bouton.focus();
  });
  cadre.append(bouton);
};

if (saitDessiner())
  for (const figure of document.querySelectorAll<HTMLElement>('[data-ilot="carte"]')) {
    const demande = figure.dataset['surDemande'] !== undefined && !location.hash.startsWith('#carte=');
    if (demande) proposer(figure);
    else guetter(figure);
  }
