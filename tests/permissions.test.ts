import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chargerDemo } from '../src/demo/index.ts';
import { routes } from '../src/main/rooms.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { root } from '../src/platform/root.ts';
import { type Site, servir } from './navigateur.ts';
import {
  colonnes,
  type Joueur,
  joueurDe,
  objetDe,
  ouvrirSessionDe,
  type Qui,
} from './permissions.fixtures.ts';
import { visiter } from './visite.ts';

/** The matrix as it is written by hand: what each role is answered on each route. */
const lireMatrice = () => {
  const texte = readFileSync(join(root, 'docs', 'permissions.md'), 'utf8');
  const publiques = [...texte.matchAll(/^- `(GET \S+)`$/gm)].map((match) => match[1] ?? '');
  const liens = [...texte.matchAll(/^\| `(GET \S+)` \| whoever holds the link \|$/gm)].map(
    (match) => match[1] ?? '',
  );
  const lignes = texte
    .split('\n')
    .map((ligne) =>
      ligne
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .filter((cells) => cells.length === colonnes.length + 1 && /^`(GET|POST) /.test(cells[0] ?? ''))
    .map(([route = '', ...marques]) => ({ route: route.replaceAll('`', ''), marques }));
  return { publiques, liens, lignes };
};

const matrice = lireMatrice();
const nomDe = ({ methode, path }: { methode: string; path: string }): string => `${methode} ${path}`;
const tries = (noms: readonly string[]): readonly string[] => [...noms].sort();

let base: TestDatabase;
let site: Site;
const joueurs = new Map<Qui, Joueur | null>();

beforeAll(async () => {
  base = await withTestDatabase();
  expect((await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' })).ok).toBe(true);
  site = await servir(base);
  for (const qui of colonnes) joueurs.set(qui, await joueurDe(base.owner, qui));
});
afterAll(async () => {
  await site.fermer();
  await base.close();
});

/** Asks a route as somebody; gives the mark of what was answered. */
const demander = async (route: string, qui: Qui, genre: Parameters<typeof objetDe>[2]): Promise<string> => {
  const [methode = '', path = ''] = route.split(' ');
  const joueur = joueurs.get(qui) ?? null;
  const { chemin = {}, recherche = {}, champs = {} } = await objetDe(base.owner, route, genre, joueur, qui);
  const visite = visiter(site);
  if (joueur !== null) visite.poser(await ouvrirSessionDe(base.owner, joueur));
  const sans = path.replace(/:(\w+)(\{[^}]*\})?/g, (_tout, nom: string) => chemin[nom] ?? `:${nom}`);
  const demande = new URLSearchParams(recherche);
  const adresse = demande.size === 0 ? sans : `${sans}?${demande}`;
  const response = await (methode === 'POST' ? visite.envoyer(adresse, champs) : visite.lire(adresse));
  await response.arrayBuffer();
  const vers = response.headers.get('Location') ?? '';
  if (response.status === 401 || (methode === 'GET' && vers.startsWith('/connexion?retour='))) return 'porte';
  if (response.status === 403) return 'non';
  if (response.status === 404) return 'absent';
  if (response.status < 400 || [400, 409, 410].includes(response.status)) return 'oui';
  return `${response.status} ${vers}`;
};

describe('the matrix', () => {
  it('names every route once, and no other', () => {
    const { publiques, liens, lignes } = matrice;
    const ecrites = [...publiques, ...liens, ...lignes.map(({ route }) => route)];
    expect(tries(ecrites)).toEqual(tries(routes.map(nomDe)));
    expect(tries(publiques)).toEqual(
      tries(routes.filter(({ access }) => access.type === 'public').map(nomDe)),
    );
    expect(tries(liens)).toEqual(tries(routes.filter(({ access }) => access.type === 'lien').map(nomDe)));
  });

  it.each(matrice.lignes)('says what HTTP answers: $route', async ({ route, marques }) => {
    const seen: Record<string, string> = {};
    const expected: Record<string, string> = {};
    for (const [rang, qui] of colonnes.entries()) {
      const marque = marques[rang] ?? '';
      if (marque === 'sien' || marque === 'tout') {
        const genres =
          marque === 'sien' ? (['sien', 'etranger', 'absent'] as const) : (['sien', 'absent'] as const);
        for (const genre of genres) {
          seen[`${qui}, ${genre}`] = await demander(route, qui, genre);
          expected[`${qui}, ${genre}`] = genre === 'sien' ? 'oui' : 'absent';
        }
      } else {
        seen[qui] = await demander(route, qui, 'usuel');
        expected[qui] = marque;
      }
    }
    expect(seen).toEqual(expected);
  });
});
