import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, extname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { root } from '../root.ts';
import type { Ilot } from './route.ts';

type Asset = { readonly corps: Buffer; readonly brotli: Buffer | undefined; readonly mime: string };

export type Assets = {
  readonly files: ReadonlyMap<string, Asset>;
  /** Addresses of the style sheets of a theme, in order, and of the fonts to load first. */
  readonly css: readonly string[];
  readonly fonts: readonly string[];
  /** Address of each browser program. */
  readonly ilots: Readonly<Partial<Record<Ilot, string>>>;
};

const folder = join(root, 'src', 'platform', 'assets');
const fontFolder = (): string =>
  join(
    dirname(createRequire(import.meta.url).resolve('@fontsource/atkinson-hyperlegible/package.json')),
    'files',
  );

const fontFiles = [
  'atkinson-hyperlegible-latin-400-normal.woff2',
  'atkinson-hyperlegible-latin-700-normal.woff2',
];

/** The official style sheet, where the operator is entitled to it and has installed `@gouvfr/dsfr`. */
const dsfrFolder = join(root, 'node_modules', '@gouvfr', 'dsfr', 'dist');

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

type Manifeste = Readonly<Record<string, { readonly file: string; readonly isEntry?: boolean }>>;

/** The browser programs that the build made, each under an address that bears its digest. */
const lireIlots = (files: Map<string, Asset>): Assets['ilots'] => {
  const built = join(root, 'dist', 'ilots');
  const address = (file: string): string => `/assets/ilots/${file}`;
  for (const file of readdirSync(built)) {
    const mime = types[extname(file)];
    if (mime === undefined) continue;
    const corps = readFileSync(join(built, file));
    const params = { [constants.BROTLI_PARAM_QUALITY]: 6 };
    files.set(address(file), { corps, brotli: brotliCompressSync(corps, { params }), mime });
  }
  const manifeste: Manifeste = JSON.parse(readFileSync(join(built, 'manifest.json'), 'utf8'));
  return Object.fromEntries(
    Object.entries(manifeste)
      .filter(([, { isEntry }]) => isEntry)
      .map(([source, { file }]) => [basename(dirname(source)), address(file)]),
  );
};

/** The light skin, then what is loaded after either skin, in order. */
const skin = ['maillage.css', 'maillage-formulaires.css'];
const complements = [
  'maillage-complements.css',
  'maillage-graphiques.css',
  'maillage-carte.css',
  'maillage-recherche.css',
  'maillage-liste.css',
  'maillage-vagues.css',
  'maillage-compte.css',
  'maillage-personnes.css',
  'maillage-instruction.css',
  'maillage-second-facteur.css',
  'maillage-espace.css',
  'maillage-candidatures.css',
  'maillage-comite.css',
  'maillage-impression.css',
];

/** Loads the static files once; names carry a digest of the content, so that they are cached for a year. */
export const loadAssets = (theme: 'leger' | 'dsfr'): Assets => {
  const files = new Map<string, Asset>();
  const add = (name: string, corps: Buffer, mime: string): string => {
    const digest = createHash('sha256').update(corps).digest('hex').slice(0, 10);
    const path = `/assets/${name.replace(/(\.[a-z0-9]+)$/, `.${digest}$1`)}`;
    files.set(path, { corps, brotli: mime === 'font/woff2' ? undefined : brotliCompressSync(corps), mime });
    return path;
  };
  const fonts = fontFiles.map((file) => add(file, readFileSync(join(fontFolder(), file)), 'font/woff2'));
  /** Sheets as one file: a first view waits for one answer. */
  const sheet = (name: string, sources: readonly string[]): string => {
    const text = sources.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
    // The sheets name fonts as installed; pages ask for them under their digest.
    const addressed = fontFiles.reduce(
      (css, name, index) => css.replaceAll(`/assets/fonts/${name}`, fonts[index] ?? name),
      text,
    );
    return add(name, Buffer.from(addressed), 'text/css; charset=utf-8');
  };
  files.set('/favicon.ico', {
    corps: readFileSync(join(folder, 'maillage.svg')),
    brotli: undefined,
    mime: 'image/svg+xml',
  });
  const ilots = lireIlots(files);
  if (theme === 'dsfr')
    return { files, css: [...dsfrSheets, sheet('complements.css', complements)], fonts: [], ilots };
  return { files, css: [sheet('maillage.css', [...skin, ...complements])], fonts, ilots };
};

/** Why a theme cannot be served, in a sentence; null when it can. */
export const themeAbsent = (theme: 'leger' | 'dsfr'): string | null =>
  theme === 'leger' || existsSync(join(dsfrFolder, 'dsfr.min.css'))
    ? null
    : 'MAILLAGE_THEME=dsfr demande le paquet @gouvfr/dsfr, réservé aux services de l’État : installez-le (npm install --no-save @gouvfr/dsfr) ou retirez MAILLAGE_THEME.';

const dsfrSheets = ['/dsfr/dsfr.min.css', '/dsfr/utility/utility.min.css'] as const;

const dsfrTypes: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  woff2: 'font/woff2',
  woff: 'font/woff',
  svg: 'image/svg+xml',
};

/** A file of the official style sheet by its address, its fonts and icons included; nothing outside its folder. */
export const dsfrFile = (path: string): Asset | undefined => {
  const inside = /^\/dsfr\/([a-z0-9/_.-]+)\.(css|woff2?|svg)$/i.exec(path);
  if (!inside?.[1] || !inside[2] || path.includes('..')) return undefined;
  const file = join(dsfrFolder, `${inside[1]}.${inside[2]}`);
  if (!existsSync(file)) return undefined;
  return {
    corps: readFileSync(file),
    brotli: undefined,
    mime: dsfrTypes[inside[2]] ?? 'application/octet-stream',
  };
};
