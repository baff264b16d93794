/** Shows the answer of the API under the form that asked for it. Without it the browser opens the answer itself. */

const ecrireReponse = (place: Element, nom: string, corps: string): void => {
  const texte = document.createElement('pre');
  texte.tabIndex = 0;
  texte.setAttribute('role', 'region');
  texte.setAttribute('aria-label', `Réponse de ${nom}`);
  texte.textContent = corps;
  place.replaceChildren(texte);
};

const embellir = (texte: string): string => {
  try {
    return JSON.stringify(JSON.parse(texte), null, 2);
  } catch {
    return texte;
  }
};

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-ilot="essai-api"]')) {
  // The state is said aloud when it changes; the answer, which may be long, is not.
  const etat = form.querySelector('output');
  const place = form.querySelector('.maillage-api__reponse');
  form.addEventListener('submit', async (event) => {
    if (!etat || !place) return;
    event.preventDefault();
    const adresse = new URL(form.action);
    for (const [nom, valeur] of new FormData(form))
      if (typeof valeur === 'string' && valeur !== '') adresse.searchParams.set(nom, valeur);
    etat.textContent = 'Demande en cours…';
    place.replaceChildren();
    const debut = performance.now();
    try {
      const reponse = await fetch(adresse);
      const corps = await reponse.text();
      const duree = Math.round(performance.now() - debut);
      ecrireReponse(place, adresse.pathname, embellir(corps));
      etat.textContent = [
        `GET ${adresse.pathname}${adresse.search}`,
        `réponse ${reponse.status}`,
        `${duree} ms`,
      ].join(' · ');
    } catch {
      etat.textContent = 'Le service ne répond pas. Vérifiez votre connexion et réessayez.';
    }
  });
}
