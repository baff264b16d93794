import { routes } from '../src/main/rooms.ts';

const entites: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  nbsp: '\u00a0',
};

const decoder = (texte: string): string => texte.replace(/&(#?\w+);/g, (tout, nom) => entites[nom] ?? tout);

type Element = { readonly nom: string; readonly attributs: Readonly<Record<string, string>> };

const elementsDe = (html: string): readonly Element[] =>
  [...html.matchAll(/<([a-z][\w-]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*\/?>/g)].map(
    ([, nom = '', attributs = '']) => ({
      nom,
      attributs: Object.fromEntries(
        [...attributs.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)].map(([, cle = '', valeur = '']) => [
          cle,
          decoder(valeur),
        ]),
      ),
    }),
  );

const texteDe = (html: string): string =>
  decoder(html.replace(/<[^>]+>/g, ' '))
    .replace(/[ \n]+/g, ' ')
    .trim();

/** A form as it is sent untouched: the address that a browser without scripts would open. */
const envoiDe = (html: string): string => {
  const [form] = elementsDe(html);
  const parametres = new URLSearchParams();
  let choix = '';
  let premiere = false;
  const poser = (nom: string | undefined, valeur: string): void => {
    if (nom) parametres.append(nom, valeur);
  };
  for (const { nom, attributs } of elementsDe(html)) {
    if (nom === 'input') {
      const cochee = !['checkbox', 'radio'].includes(attributs['type'] ?? '') || 'checked' in attributs;
      if (cochee) poser(attributs['name'], attributs['value'] ?? '');
    }
    if (nom === 'select') {
      choix = attributs['name'] ?? '';
      premiere = true;
    }
    if (nom === 'option' && (premiere || 'selected' in attributs)) {
      parametres.set(choix, attributs['value'] ?? '');
      premiere = false;
    }
  }
  const [chemin = ''] = (form?.attributs['action'] ?? '').split('#');
  return `${chemin}?${parametres}`;
};

export type Champ = {
  readonly nom: string;
  /** As an `input` says it, `textarea`, or `select`. */
  readonly type: string;
  /** As it is sent untouched; of a choice, the first. */
  readonly valeur: string;
};
export type Form = {
  readonly action: string;
  readonly methode: 'get' | 'post';
  /** It is sent in parts. */
  readonly fichiers: boolean;
  readonly champs: readonly Champ[];
};

const champsDe = (form: string): readonly Champ[] => {
  const champs = new Map<string, Champ>();
  const poser = (nom: string | undefined, type: string, valeur: string): void => {
    if (nom && !champs.has(nom)) champs.set(nom, { nom, type, valeur: decoder(valeur) });
  };
  for (const { nom, attributs } of elementsDe(form.replace(/<textarea.*?<\/textarea>/gs, '')))
    if (nom === 'input' && attributs['type'] !== 'file')
      poser(attributs['name'], attributs['type'] ?? 'text', attributs['value'] ?? '');
  for (const [, attributs = '', valeur = ''] of form.matchAll(/<textarea([^>]*)>(.*?)<\/textarea>/gs))
    poser(/ name="([^"]*)"/.exec(attributs)?.[1], 'textarea', valeur);
  for (const [, attributs = '', options = ''] of form.matchAll(/<select([^>]*)>(.*?)<\/select>/gs))
    poser(
      / name="([^"]*)"/.exec(attributs)?.[1],
      'select',
      [...options.matchAll(/ value="([^"]+)"/g)][0]?.[1] ?? '',
    );
  return [...champs.values()];
};

/** The forms of a page that stands at an address. */
export const formulairesDe = (html: string, adresse: string): readonly Form[] =>
  [...html.matchAll(/<form.*?<\/form>/gs)].map(([form]) => {
    const attributs = elementsDe(form)[0]?.attributs ?? {};
    return {
      action: attributs['action'] ?? adresse,
      methode: attributs['method'] === 'post' ? 'post' : 'get',
      fichiers: attributs['enctype'] === 'multipart/form-data',
      champs: champsDe(form),
    };
  });

/** What a robot reads of a page that our own renderer wrote; a browser is asked for what this cannot tell. */
export const lireHtml = (html: string) => {
  const donnees = [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(
    (match) => match[1] ?? '',
  );
  const nu = html.replace(/<script type="application\/ld\+json">.*?<\/script>/gs, '');
  const elements = elementsDe(nu);
  const attribut = (nom: string, cle: string, valeur: string): Element['attributs'] | undefined =>
    elements.find((element) => element.nom === nom && element.attributs[cle] === valeur)?.attributs;
  const principal = /<main.*<\/main>/s.exec(nu)?.[0] ?? '';
  const liens = (source: readonly Element[]): readonly string[] =>
    source.flatMap(({ nom, attributs }) => (nom === 'a' && attributs['href'] ? [attributs['href']] : []));
  return {
    titre: decoder(/<title>(.*?)<\/title>/s.exec(nu)?.[1] ?? ''),
    titres1: elements.filter(({ nom }) => nom === 'h1').length,
    langue: elements.find(({ nom }) => nom === 'html')?.attributs['lang'],
    description: attribut('meta', 'name', 'description')?.['content'] ?? '',
    noindex: attribut('meta', 'name', 'robots')?.['content']?.includes('noindex') ?? false,
    canonique: attribut('link', 'rel', 'canonical')?.['href'],
    fil: attribut('nav', 'aria-label', 'Vous êtes ici') !== undefined,
    liens: liens(elements),
    /** Those of the content, without header, breadcrumb and footer. */
    liensDuContenu: liens(elementsDe(principal)),
    /** What the browser asks for by itself, and what others do for a preview. */
    ressources: elements.flatMap(({ nom, attributs }) => {
      if (nom === 'link' && attributs['rel'] !== 'canonical') return [attributs['href'] ?? ''];
      if (nom === 'meta' && attributs['property'] === 'og:image') return [attributs['content'] ?? ''];
      if (nom === 'a') return [];
      return attributs['src'] === undefined ? [] : [attributs['src']];
    }),
    // A robot sends no form that changes something.
    formulaires: [...nu.matchAll(/<form.*?<\/form>/gs)].flatMap(([form]) =>
      /^<form[^>]* method="post"/.test(form) ? [] : [envoiDe(form)],
    ),
    ancres: elements.flatMap(({ attributs }) => (attributs['id'] === undefined ? [] : [attributs['id']])),
    donnees,
    texte: texteDe(principal),
  };
};

export type PageLue = ReturnType<typeof lireHtml>;

const litteral = (texte: string): string => texte.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The expression that an address of a declared path answers to. */
const motifDe = (path: string): RegExp => {
  const parts = [...path.matchAll(/:\w+(?:\{((?:[^{}]|\\.)+)\})?|[^:]+/g)].map(([part, contrainte]) =>
    part.startsWith(':') ? (contrainte ?? '[^/]+') : litteral(part),
  );
  return new RegExp(`^${parts.join('')}$`);
};

const motifs = routes.map((route) => [route.path, motifDe(route.path)] as const);

/** The declared path that answers an address, if it is one of ours. */
export const routeDe = (chemin: string): string | undefined =>
  motifs.find(([, motif]) => motif.test(chemin))?.[0];
