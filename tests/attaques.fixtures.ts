import { request } from 'node:http';
import type pg from 'pg';
import { afterAll, beforeAll, expect } from 'vitest';
import { chargerDemo } from '../src/demo/index.ts';
import { routes } from '../src/main/rooms.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import type { DeclaredRoute } from '../src/platform/http/route.ts';
import { planterAutreMonde } from './murs.fixtures.ts';
import { type Site, servir } from './navigateur.ts';
import {
  colonnes,
  type Joueur,
  joueurDe,
  objetDe,
  ouvrirSessionDe,
  type Qui,
} from './permissions.fixtures.ts';
import { sansEmballage } from './visite.ts';

const monde = (fin: string): string => `00000000-0000-7000-8000-0000000000${fin}`;

/** What stands in an address where the matrix has nothing better: rows of the second world, else of the Aisne. */
const parDefaut = (path: string): Readonly<Record<string, string>> => {
  const id = /^\/(personnes|administration\/personnes)\//.test(path)
    ? monde('12')
    : path.startsWith('/invitations')
      ? monde('31')
      : monde('51');
  return {
    id,
    attribution: monde('22'),
    secret: 'A'.repeat(43),
    lien: 'A'.repeat(43),
    departement: '02',
    seance: '2021-03-25',
    date: '2021-03-25',
    code: '02',
    cle: monde('01'),
    nom: 'sceller',
    numero: '1',
  };
};

/** Who tries a route: the first role that it lets in, an administrator where they may. */
const essayeurDe = ({ access }: DeclaredRoute): Qui => {
  if (access.type === 'public' || access.type === 'lien' || access.type === 'porte') return 'visiteur';
  if (access.type !== 'role') return 'instructeur';
  const roles: readonly string[] = access.roles;
  if (roles.includes('administrateur')) return 'administrateur';
  return colonnes.find((qui) => roles.includes(qui)) ?? 'visiteur';
};

/** An address of a route, each of its parameters replaced; `sauf` by name before all. */
export const adresseDe = (
  path: string,
  chemin: Readonly<Record<string, string>>,
  sauf: Readonly<Record<string, string>> = {},
): string =>
  path.replace(/:(\w+)(\{[^}]*\})?/g, (_tout, nom: string) =>
    encodeURIComponent(sauf[nom] ?? chemin[nom] ?? parDefaut(path)[nom] ?? 'x'),
  );

export type Cible = {
  readonly route: DeclaredRoute;
  readonly nom: string;
  readonly qui: Qui;
  readonly chemin: Readonly<Record<string, string>>;
  readonly champs: Readonly<Record<string, string>>;
};

/** Every route, with who tries it and on what. */
export const listerCibles = async (owner: pg.Client, methode: 'GET' | 'POST'): Promise<readonly Cible[]> => {
  const cibles: Cible[] = [];
  for (const route of routes.filter((each) => each.methode === methode)) {
    const nom = `${methode} ${route.path}`;
    const qui = essayeurDe(route);
    const { chemin = {}, champs = {} } = await objetDe(owner, nom, 'usuel', await joueurDe(owner, qui), qui);
    cibles.push({ route, nom, qui, chemin, champs });
  }
  return cibles;
};

/** What somebody of the matrix sends of themselves: a cookie, but for a visitor; no packing of thousands of answers. */
export const cookieDe = async (owner: pg.Client, qui: Qui): Promise<Readonly<Record<string, string>>> => {
  const joueur: Joueur | null = await joueurDe(owner, qui);
  return {
    ...sansEmballage,
    ...(joueur === null ? {} : { Cookie: `maillage=${await ouvrirSessionDe(owner, joueur)}` }),
  };
};

/** Runs work on each item, a few at once. */
export const parQuelques = async <T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> => {
  const rest = [...items];
  const next = async (): Promise<void> => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: 6 }, next));
};

export type Envoi = Readonly<Record<string, string>>;
export type Recu = { readonly statut: number; readonly entetes: Envoi; readonly corps: string };

export type EnvoiBrut = {
  readonly methode?: string;
  readonly entetes?: Envoi;
  readonly corps?: string | Buffer;
};

/** Asks as no browser and no `fetch` would: any header, any path, as written. */
const demanderBrut = (
  site: string,
  chemin: string,
  { methode = 'GET', entetes = {}, corps }: EnvoiBrut = {},
): Promise<Recu> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(site);
    const chunked = 'Transfer-Encoding' in entetes;
    const longueur =
      corps === undefined || chunked ? {} : { 'Content-Length': String(Buffer.byteLength(corps)) };
    const asked = request(
      { hostname, port, path: chemin, method: methode, headers: { ...longueur, ...entetes } },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (piece: string) => {
          text += piece;
        });
        response.on('end', () =>
          resolve({
            statut: response.statusCode ?? 0,
            entetes: Object.fromEntries(
              Object.entries(response.headers).map(([nom, valeur]) => [nom, String(valeur)]),
            ),
            corps: text,
          }),
        );
      },
    );
    asked.on('error', reject);
    asked.end(corps);
  });

export type Cite = {
  readonly base: TestDatabase;
  readonly site: Site;
  /** Asks the site as no browser would. */
  readonly brut: (chemin: string, envoi?: EnvoiBrut) => Promise<Recu>;
};

/** The site of the demonstration beside a second world, for a file of attacks: opened before its tests, closed after. */
export const ouvrirCite = (options: Parameters<typeof servir>[1] = {}): Cite => {
  let base: TestDatabase | undefined;
  let site: Site | undefined;
  const la = <Chose>(chose: Chose | undefined): Chose => {
    if (chose === undefined) throw new Error('the site opens before the tests');
    return chose;
  };
  beforeAll(async () => {
    base = await withTestDatabase();
    expect((await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' })).ok).toBe(true);
    await planterAutreMonde(base.owner);
    site = await servir(base, options);
  });
  afterAll(async () => {
    await site?.fermer();
    await base?.close();
  });
  return {
    get base() {
      return la(base);
    },
    get site() {
      return la(site);
    },
    brut: (chemin, envoi) => demanderBrut(la(site).adresse, chemin, envoi),
  };
};
