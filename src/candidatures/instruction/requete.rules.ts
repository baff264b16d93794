/** What a list was asked, as an address keeps it: the file opened from it goes on and comes back in the same list. */
type Demande = {
  readonly filtres: Readonly<Record<string, string>>;
  readonly tri: { readonly champ: string; readonly sens: 'asc' | 'desc' };
  readonly page: number;
  readonly colonnes: readonly string[] | undefined;
};

export const cheminListe = '/prefecture/candidatures';

/** The query of a list, with its question mark; empty where nothing was asked. */
export const requeteDe = (
  { filtres, tri, page, colonnes }: Demande,
  autres: Readonly<Record<string, string>> = {},
): string => {
  const ordre = tri.sens === 'desc' ? `-${tri.champ}` : tri.champ;
  const parametres = new URLSearchParams({
    ...filtres,
    ...(ordre === 'deposee' ? {} : { tri: ordre }),
    ...(colonnes === undefined ? {} : { colonnes: colonnes.join(',') }),
    ...(page === 1 ? {} : { page: String(page) }),
    ...autres,
  });
  return parametres.size === 0 ? '' : `?${parametres.toString().replaceAll('%2C', ',')}`;
};
