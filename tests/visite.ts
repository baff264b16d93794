import type { Site } from './navigateur.ts';

type Envoi = Readonly<Record<string, string>>;

/** Packing and unpacking each answer would take a sixth of the time of whoever asks for thousands. */
export const sansEmballage: Envoi = { 'Accept-Encoding': 'identity' };

/** Somebody without a browser who keeps the cookies that they are given: for what is asked of HTTP alone. */
export type Visite = {
  readonly lire: (chemin: string, entetes?: Envoi) => Promise<Response>;
  readonly envoyer: (chemin: string, champs?: Envoi, entetes?: Envoi) => Promise<Response>;
  /** The secret of the session, as the browser would hold it. */
  readonly secret: () => string | undefined;
  readonly poser: (secret: string | undefined) => void;
};

/** Visits a site from this machine, following no redirection by itself. */
export const visiter = (site: Pick<Site, 'adresse'>): Visite => {
  const cookies = new Map<string, string>();
  const noter = (response: Response): Response => {
    for (const given of response.headers.getSetCookie()) {
      const [, nom = '', valeur = ''] = /^([^=]+)=([^;]*)/.exec(given) ?? [];
      if (valeur === '') cookies.delete(nom);
      else cookies.set(nom, valeur);
    }
    return response;
  };
  const entetes = (autres: Envoi): Envoi => ({
    ...sansEmballage,
    ...(cookies.size === 0
      ? {}
      : { Cookie: [...cookies].map(([nom, valeur]) => `${nom}=${valeur}`).join('; ') }),
    ...autres,
  });
  return {
    lire: async (chemin, autres = {}) =>
      noter(await fetch(`${site.adresse}${chemin}`, { headers: entetes(autres), redirect: 'manual' })),
    envoyer: async (chemin, champs = {}, autres = {}) =>
      noter(
        await fetch(`${site.adresse}${chemin}`, {
          method: 'POST',
          body: new URLSearchParams(champs),
          headers: entetes({ Origin: site.adresse, ...autres }),
          redirect: 'manual',
        }),
      ),
    secret: () => cookies.get('maillage'),
    poser: (secret) => {
      if (secret === undefined) cookies.delete('maillage');
      else cookies.set('maillage', secret);
    },
  };
};
