/**
 * Suggestions under the search field, by the pattern « combobox » of ARIA 1.2: the focus stays in the field, the arrows
 * move a mark in the list. The form works the same without it.
 */
type Suggestion = {
  readonly libelle: string;
  readonly detail: string;
  readonly href: string;
  readonly type: string;
};

const attente = 150;
const longueurMin = 2;

const creer = <Nom extends keyof HTMLElementTagNameMap>(
  nom: Nom,
  attributs: Readonly<Record<string, string>>,
  texte = '',
): HTMLElementTagNameMap[Nom] => {
  const element = document.createElement(nom);
  for (const [cle, valeur] of Object.entries(attributs)) element.setAttribute(cle, valeur);
  element.textContent = texte;
  return element;
};

const dire = (compte: number): string => {
  if (compte === 0) return 'Aucune suggestion.';
  return compte === 1
    ? '1 suggestion. Flèche vers le bas pour la choisir.'
    : `${compte} suggestions. Flèches haut et bas pour choisir.`;
};

const estSuggestion = (valeur: unknown): valeur is Suggestion =>
  typeof valeur === 'object' &&
  valeur !== null &&
  'libelle' in valeur &&
  'href' in valeur &&
  typeof valeur.href === 'string' &&
  // Our own pages only.
  /^\/(?!\/)/.test(valeur.href);

const lire = (corps: unknown): readonly Suggestion[] =>
  typeof corps === 'object' && corps !== null && 'suggestions' in corps && Array.isArray(corps.suggestions)
    ? corps.suggestions.filter(estSuggestion)
    : [];

const installer = (form: HTMLFormElement, rang: number): void => {
  const champ = form.querySelector<HTMLInputElement>('input[name=q]');
  const adresse = form.dataset['suggestions'];
  if (!champ || !adresse) return;
  const id = `suggestions-${rang}`;
  const nom = form.querySelector('label')?.firstChild?.textContent ?? 'Rechercher';
  const liste = creer('ul', { id, role: 'listbox', class: 'maillage-suggestions', 'aria-label': nom });
  liste.hidden = true;
  const annonce = creer('p', { class: 'fr-sr-only', role: 'status' });
  (champ.parentElement ?? form).append(liste, annonce);
  // A search field forgets its text at Escape, which here closes the list.
  champ.type = 'text';
  for (const [cle, valeur] of [
    ['role', 'combobox'],
    ['enterkeyhint', 'search'],
    ['aria-autocomplete', 'list'],
    ['aria-expanded', 'false'],
    ['aria-controls', id],
  ] as const)
    champ.setAttribute(cle, valeur);

  let options: readonly { readonly element: HTMLElement; readonly href: string }[] = [];
  let choisie = -1;
  let minuteur = 0;
  let demande = new AbortController();

  const choisir = (index: number): void => {
    options[choisie]?.element.setAttribute('aria-selected', 'false');
    choisie = index;
    const element = options[index]?.element;
    if (!element) {
      champ.removeAttribute('aria-activedescendant');
      return;
    }
    element.setAttribute('aria-selected', 'true');
    element.scrollIntoView({ block: 'nearest' });
    champ.setAttribute('aria-activedescendant', element.id);
  };

  const ouvrir = (ouverte: boolean): void => {
    liste.hidden = !ouverte;
    champ.setAttribute('aria-expanded', String(ouverte));
    choisir(-1);
  };

  const taire = (): void => {
    clearTimeout(minuteur);
    demande.abort();
    ouvrir(false);
  };

  const montrer = (suggestions: readonly Suggestion[]): void => {
    ouvrir(false);
    options = suggestions.map(({ libelle, detail, href }, index) => {
      const element = creer('li', { id: `${id}-${index}`, role: 'option', 'aria-selected': 'false' });
      element.append(
        creer('span', { class: 'maillage-suggestions__libelle' }, libelle),
        // Read as two words, not one.
        ' ',
        creer('span', { class: 'maillage-suggestions__detail' }, detail),
      );
      element.addEventListener('click', () => location.assign(href));
      return { element, href };
    });
    liste.replaceChildren(...options.map(({ element }) => element));
    annonce.textContent = dire(options.length);
    ouvrir(options.length > 0);
  };

  const demander = async (): Promise<void> => {
    demande = new AbortController();
    const { signal } = demande;
    try {
      const reponse = await fetch(`${adresse}?q=${encodeURIComponent(champ.value.trim().toWellFormed())}`, {
        signal,
      });
      const suggestions = reponse.ok ? lire(await reponse.json()) : [];
      if (!signal.aborted) montrer(suggestions);
    } catch {
      // Given up for a newer text, or no network: the form still searches.
    }
  };

  champ.addEventListener('input', () => {
    clearTimeout(minuteur);
    demande.abort();
    if (champ.value.trim().length < longueurMin) {
      annonce.textContent = '';
      ouvrir(false);
      return;
    }
    minuteur = window.setTimeout(demander, attente);
  });
  champ.addEventListener('keydown', (event) => {
    const pas = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.isComposing) return;
    if (pas !== 0 && options.length > 0) {
      event.preventDefault();
      if (liste.hidden) ouvrir(true);
      // From the field itself (-1), down to the first, up to the last, and around.
      const places = options.length + 1;
      choisir(((choisie + 1 + pas + places) % places) - 1);
    } else if (event.key === 'Escape' && !liste.hidden) {
      event.preventDefault();
      taire();
    } else if (event.key === 'Enter') {
      const href = liste.hidden ? undefined : options[choisie]?.href;
      taire();
      if (href === undefined) return;
      event.preventDefault();
      location.assign(href);
    }
  });
  champ.addEventListener('blur', taire);
  // The focus stays in the field while one clicks.
  liste.addEventListener('mousedown', (event) => event.preventDefault());
};

document.querySelectorAll<HTMLFormElement>('form[data-ilot=recherche]').forEach(installer);
