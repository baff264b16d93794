/**
 * Saves a draft while somebody writes it: the same form, sent by itself once the hands rest. What two people wrote in one
 * field is told, and nothing is lost. The form works the same without it.
 */
export {};

const attente = 3_000;

type Reponse = { readonly avant?: unknown; readonly conflits?: unknown; readonly message?: unknown };

const heure = (): string => {
  const maintenant = new Date();
  return `${maintenant.getHours()}\u00a0h\u00a0${String(maintenant.getMinutes()).padStart(2, '0')}`;
};

const lire = async (reponse: Response): Promise<Reponse> => {
  try {
    const corps: unknown = await reponse.json();
    return typeof corps === 'object' && corps !== null ? corps : {};
  } catch {
    return {};
  }
};

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-ilot="brouillon"]')) {
  const etat = form.querySelector('output');
  const avant = form.querySelector<HTMLInputElement>('input[name=avant]');
  let minuterie: ReturnType<typeof setTimeout> | undefined;
  let enCours = false;
  let encore = false;
  let change = false;
  if (!etat || !avant) continue;

  const enregistrer = async (): Promise<void> => {
    if (enCours) {
      encore = true;
      return;
    }
    enCours = true;
    encore = false;
    const champs = new URLSearchParams();
    for (const [nom, valeur] of new FormData(form))
      if (typeof valeur === 'string') champs.append(nom, valeur);
    champs.set('automatique', 'oui');
    try {
      const reponse = await fetch(form.action, { method: 'POST', body: champs });
      const { avant: base, conflits, message } = await lire(reponse);
      if (reponse.ok && typeof base === 'string') {
        const dits = Array.isArray(conflits) ? conflits.filter((dit) => typeof dit === 'string') : [];
        // A field that two people wrote keeps its former base: sent again, it is told again, until somebody chooses.
        if (dits.length === 0) {
          avant.value = base;
          change = encore;
        }
        etat.textContent = dits.length === 0 ? `Enregistré à ${heure()}` : dits.join(' ');
      } else if (reponse.status === 401) {
        etat.textContent =
          'Votre session est terminée. Enregistrez par le bouton : ce que vous avez écrit vous sera rendu.';
      } else {
        etat.textContent =
          typeof message === 'string'
            ? message
            : 'Non enregistré. Enregistrez par le bouton en bas de la page.';
      }
    } catch {
      etat.textContent =
        'Non enregistré : le service ne répond pas. Ce que vous avez écrit reste dans la page.';
    }
    enCours = false;
    if (encore) planifier();
  };

  const planifier = (): void => {
    clearTimeout(minuterie);
    minuterie = setTimeout(enregistrer, attente);
  };

  form.addEventListener('input', () => {
    change = true;
    planifier();
  });
  form.addEventListener('submit', () => {
    change = false;
    clearTimeout(minuterie);
  });
  // Left before it was saved: the browser asks.
  addEventListener('beforeunload', (event) => {
    if (change) event.preventDefault();
  });
}
