import type { Site } from './navigateur.ts';

type Envoi = Readonly<Record<string, string>>;

/** Somebody without a browser who keeps the cookie that they are given: for what is asked of HTTP alone. */
export type Visite = {
  readonly lire: (chemin: string, entetes?: Envoi) => Promise<Response>;
  readonly envoyer: (chemin: string, champs?: Envoi, entetes?: Envoi) => Promise<Response>;
  /** The secret of the session, as the browser would hold it. */
  readonly secret: () => string | undefined;
  readonly poser: (secret: string | undefined) => void;
};

/** Visits a site from this machine, following no redirection by itself. */
export const visiter = (site: Pick<Site, 'adresse'>): Visite => {
  let cookie: string | undefined;
  const noter = (response: Response): Response => {
    for (const given of response.headers.getSetCookie()) {
      const [, value] = /^(?:__Host-)?maillage=([^;]*)/.exec(given) ?? [];
      if (value !== undefined) cookie = value === '' ? undefined : value;
    }
    return response;
  };
  const entetes = (autres: Envoi): Envoi => ({
    ...(cookie === undefined ? {} : { Cookie: `maillage=${cookie}` }),
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
    secret: () => cookie,
    poser: (secret) => {
      cookie = secret;
    },
  };
};
