import { createHash } from 'node:crypto';
import { echapperXml } from '../platform/xml.ts';

/** Name of the feed of communiqués: of a département, or of all. */
export const nomDuFlux = (departement: { readonly genitif: string } | null): string =>
  `Communiqués${departement === null ? '' : ` ${departement.genitif}`} – Maillage`;

/** A UUID made of a name (version 8, RFC 9562): the same name in the same space gives the same identifier. */
export const uuidNomme = (espace: string, nom: string): string => {
  const bytes = createHash('sha256').update(`${espace} ${nom}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

export type EntreeAtom = {
  /** UUID of the thing: stays when its address changes. */
  readonly id: string;
  readonly titre: string;
  readonly resume: string;
  readonly auteur: string;
  /** Absolute address. */
  readonly href: string;
  /** ISO instant. */
  readonly publieLe: string;
  readonly documents: readonly { readonly href: string; readonly mime: string; readonly titre: string }[];
};

export type FluxAtom = {
  readonly id: string;
  readonly titre: string;
  readonly sousTitre: string;
  /** Absolute addresses, of the feed and of the page that says the same. */
  readonly soi: string;
  readonly page: string;
  /** Instant that the feed bears when it has no entry. */
  readonly ouvertLe: string;
  readonly entrees: readonly EntreeAtom[];
};

const element = (nom: string, texte: string): string => `<${nom}>${echapperXml(texte)}</${nom}>`;

const lien = (attributs: Readonly<Record<string, string>>): string =>
  `<link ${Object.entries(attributs)
    .map(([nom, valeur]) => `${nom}="${echapperXml(valeur)}"`)
    .join(' ')}/>`;

const entree = ({ id, titre, resume, auteur, href, publieLe, documents }: EntreeAtom): string =>
  [
    '<entry>',
    element('id', `urn:uuid:${id}`),
    element('title', titre),
    lien({ rel: 'alternate', type: 'text/html', href }),
    ...documents.map((document) =>
      lien({ rel: 'enclosure', type: document.mime, href: document.href, title: document.titre }),
    ),
    element('published', publieLe),
    element('updated', publieLe),
    `<author>${element('name', auteur)}</author>`,
    element('summary', resume),
    '</entry>',
  ].join('\n');

/** The latest of several instants, where any is known. */
export const dernier = (instants: readonly (string | null)[]): string | null =>
  instants
    .filter((instant) => instant !== null)
    .toSorted()
    .at(-1) ?? null;

const entete = '<?xml version="1.0" encoding="utf-8"?>';

/** A feed in the format Atom 1.0 (RFC 4287). */
export const atom = (flux: FluxAtom): string => {
  const updated = dernier(flux.entrees.map(({ publieLe }) => publieLe)) ?? flux.ouvertLe;
  return `${[
    entete,
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">',
    element('id', `urn:uuid:${flux.id}`),
    element('title', flux.titre),
    element('subtitle', flux.sousTitre),
    element('updated', updated),
    lien({ rel: 'self', type: 'application/atom+xml', href: flux.soi }),
    lien({ rel: 'alternate', type: 'text/html', href: flux.page }),
    `<author>${element('name', 'Maillage')}</author>`,
    ...flux.entrees.map(entree),
    '</feed>',
  ].join('\n')}\n`;
};

/** A page or a part of the plan, by its absolute address. */
export type AdressePlan = { readonly adresse: string; readonly modifieLe: string | null };

/** Addresses that one file of a plan may hold (sitemaps.org). */
export const maximumParPlan = 50_000;

const plan = (racine: 'urlset' | 'sitemapindex', noeud: 'url' | 'sitemap', rows: readonly AdressePlan[]) =>
  `${[
    entete,
    `<${racine} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`,
    ...rows.map(
      ({ adresse, modifieLe }) =>
        `<${noeud}>${element('loc', adresse)}${modifieLe === null ? '' : element('lastmod', modifieLe)}</${noeud}>`,
    ),
    `</${racine}>`,
  ].join('\n')}\n`;

/** Part `rang` (from 1) of the plan of the site; nothing beyond the last. */
export const partieDuPlan = (
  rows: readonly AdressePlan[],
  rang: number,
  parPlan = maximumParPlan,
): string | null => {
  const part = rows.slice((rang - 1) * parPlan, rang * parPlan);
  return part.length === 0 ? null : plan('urlset', 'url', part);
};

/** The plan of the site for search engines: the addresses, or the list of its parts when one file cannot hold them. */
export const planPourMoteurs = (
  rows: readonly AdressePlan[],
  adresseDePartie: (rang: number) => string,
  parPlan = maximumParPlan,
): string => {
  if (rows.length <= parPlan) return plan('urlset', 'url', rows);
  const parts = Array.from({ length: Math.ceil(rows.length / parPlan) }, (_, rang) => ({
    adresse: adresseDePartie(rang + 1),
    modifieLe: dernier(rows.slice(rang * parPlan, (rang + 1) * parPlan).map(({ modifieLe }) => modifieLe)),
  }));
  return plan('sitemapindex', 'sitemap', parts);
};
