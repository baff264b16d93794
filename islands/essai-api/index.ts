/** Shows the answer of the API under the form that asked for it. Without it the browser opens the answer itself. */

const ecrireReponse = (sortie: HTMLElement, lignes: readonly string[], corps: string): void => {
  const etat = document.createElement('p');
  etat.textContent = lignes.join(' · ');
  const texte = document.createElement('pre');
  texte.tabIndex = 0;
  texte.setAttribute('role', 'region');
  texte.setAttribute('aria-label', 'Réponse');
  texte.textContent = corps;
  sortie.replaceChildren(etat, texte);
};

const embellir = (texte: string): string => {
  try {
    return JSON.stringify(JSON.parse(texte), null, 2);
  } catch {
    return texte;
  }
};

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-ilot="essai-api"]')) {
  const sortie = form.querySelector('output');
  form.addEventListener('submit', async (event) => {
    if (!sortie) return;
    event.preventDefault();
    const adresse = new URL(form.action);
    for (const [nom, valeur] of new FormData(form))
      if (typeof valeur === 'string' && valeur !== '') adresse.searchParams.set(nom, valeur);
    sortie.textContent = 'Demande en cours…';
    const debut = performance.now();
    try {
      const reponse = await fetch(adresse);
      const corps = await reponse.text();
      const duree = Math.round(performance.now() - debut);
      ecrireReponse(
        sortie,
        [`GET ${adresse.pathname}${adresse.search}`, `réponse ${reponse.status}`, `${duree} ms`],
        embellir(corps),
      );
    } catch {
      sortie.textContent = 'Le service ne répond pas. Vérifiez votre connexion et réessayez.';
    }
  });
}
