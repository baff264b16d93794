import { expect, it } from 'vitest';
import { taches } from '../src/main/rooms.ts';
import {
  adresseDe,
  type Cible,
  cookieDe,
  listerCibles,
  ouvrirCite,
  parQuelques,
} from './attaques.fixtures.ts';
import type { Qui } from './permissions.fixtures.ts';
import { creerFile } from './permissions-territoire.fixtures.ts';

/** Fields that each act reads, seen while it reads them. */
const lus = new Map<string, Set<string>>();
const cite = ouvrirCite({
  changerRoutes: (routes) =>
    routes.map((route) => ({
      ...route,
      handle: (entree) => {
        const nom = `${route.methode} ${route.path}`;
        const saisie = new Proxy(entree.saisie, {
          get: (cible, champ, moi) => {
            if (typeof champ === 'string') lus.set(nom, (lus.get(nom) ?? new Set()).add(champ));
            return Reflect.get(cible, champ, moi);
          },
        });
        return route.handle({ ...entree, saisie });
      },
    })),
});

/** What breaks a query, a page, a path or a number somewhere. */
const poisons = [
  "' or 1=1 --",
  'a\0b',
  '%\\_',
  '-1',
  '9'.repeat(40),
  '1e400',
  '2026-02-30',
  '../../../../etc/passwd',
  '\u202e\ufffe',
  '\ud800',
  '__proto__',
  'constructor',
  'é'.repeat(1500),
] as const;

/** Nothing that an answer must tell nobody: our code, our queries, our machine. */
const bavard = /\bat .*\.(ts|js|tsx):\d+|node_modules|syntax error|\bpg_|ECONN|postgres:/;

const cookies = new Map<Qui, Readonly<Record<string, string>>>();
const cookie = async (qui: Qui) => {
  const held = cookies.get(qui) ?? (await cookieDe(cite.base.owner, qui));
  cookies.set(qui, held);
  return held;
};

/** Addresses are written by hand: `URL` would mend what we want to send. */
const lire = async (chemin: string, qui: Qui, entetes: Readonly<Record<string, string>> = {}) => {
  const response = await fetch(`${cite.site.adresse}${chemin}`, {
    headers: { ...(await cookie(qui)), ...entetes },
    redirect: 'manual',
  });
  return { statut: response.status, corps: await response.text() };
};

const encoder = (valeur: string): string => encodeURIComponent(valeur.toWellFormed());

it('answers every strange value of every parameter of every page without a fault', {
  timeout: 300_000,
}, async () => {
  const cibles = await listerCibles(cite.base.owner, 'GET');
  const essais = cibles.flatMap((cible) => {
    const { route, chemin } = cible;
    const dans = [...route.path.matchAll(/:(\w+)/g)].map(([, nom = '']) => nom);
    const apres = [...route.parametres].filter((nom) => !dans.includes(nom));
    const lourd = /\.(xlsx|ods|zip|png|json|csv|geojson)$/.test(route.path);
    // An export reads its list as the page does.
    const valeurs = lourd ? ["' or 1=1 --"] : poisons;
    return [
      ...dans.flatMap((nom) =>
        valeurs.map((valeur) => ({
          cible,
          adresse: adresseDe(route.path, chemin, { [nom]: valeur.toWellFormed() }),
        })),
      ),
      ...apres.flatMap((nom) =>
        [...valeurs.map((valeur) => `${nom}=${encoder(valeur)}`), `${nom}=a&${nom}=b`].map((requete) => ({
          cible,
          adresse: `${adresseDe(route.path, chemin)}?${requete}`,
        })),
      ),
    ];
  });
  expect(essais.length).toBeGreaterThan(1000);
  const pannes: string[] = [];
  await parQuelques(essais, async ({ cible: { qui }, adresse }) => {
    const { statut, corps } = await lire(adresse, qui);
    if (statut >= 500 || bavard.test(corps)) pannes.push(`${statut} ${qui} ${adresse}`);
  });
  expect(pannes).toEqual([]);
});

const poster = async ({ route, chemin, qui }: Cible, body: URLSearchParams | FormData) => {
  // These end sessions, or move them under another secret.
  if (/deconnexion|^\/compte|second-facteur|entrer$/.test(route.path)) cookies.delete(qui);
  const response = await fetch(`${cite.site.adresse}${adresseDe(route.path, chemin)}`, {
    method: 'POST',
    body,
    headers: { ...(await cookie(qui)), Origin: cite.site.adresse },
    redirect: 'manual',
  });
  return { statut: response.status, corps: await response.text() };
};

it('answers every strange value of every field of every form without a fault', {
  timeout: 300_000,
}, async () => {
  const cibles = await listerCibles(cite.base.owner, 'POST');
  await cite.base.owner.query('delete from second_facteur');
  for (const { nom } of taches) await creerFile(cite.base.owner, nom);
  await parQuelques(cibles, async (cible) => {
    await poster(cible, new URLSearchParams());
  });
  const muets = cibles.map(({ nom }) => nom).filter((nom) => !lus.has(nom));
  expect(muets.length).toBeLessThan(cibles.length / 3);
  const pannes: string[] = [];
  const anglais: string[] = [];
  const noter = (quoi: string, { statut, corps }: { statut: number; corps: string }): void => {
    if (statut >= 500 || bavard.test(corps)) pannes.push(`${statut} ${quoi}`);
    if (/Invalid (input|option)|Too (big|small)|expected (string|number)/.test(corps)) anglais.push(quoi);
  };
  const essais = cibles.flatMap((cible) =>
    [...(lus.get(cible.nom) ?? [])].flatMap((champ) =>
      [...poisons, null, undefined].map((valeur) => ({ cible, champ, valeur })),
    ),
  );
  await parQuelques(essais, async ({ cible, champ, valeur }) => {
    // The other fields hold something, so that this one is the one that is read.
    const pleins = Object.fromEntries([...(lus.get(cible.nom) ?? [])].map((nom) => [nom, utile(nom)]));
    const champs = { ...pleins, ...cible.champs };
    if (valeur === undefined) {
      const body = new URLSearchParams(champs);
      body.append(champ, 'deux');
      body.append(champ, 'trois');
      noter(`${cible.nom} ${champ}: several`, await poster(cible, body));
    } else if (valeur === null) {
      const body = new FormData();
      for (const [nom, texte] of Object.entries(champs)) if (nom !== champ) body.append(nom, texte);
      body.append(champ, new Blob(['a\0b']), 'a.txt');
      noter(`${cible.nom} ${champ}: file`, await poster(cible, body));
    } else
      noter(
        `${cible.nom} ${champ}: ${JSON.stringify(valeur.slice(0, 30))}`,
        await poster(cible, new URLSearchParams({ ...champs, [champ]: valeur })),
      );
  });
  expect({ pannes, anglais }).toEqual({ pannes: [], anglais: [] });
});

/** Something that a field of this name might take. */
const utile = (champ: string): string => {
  if (/courriel/.test(champ)) return 'quelqu.un@ailleurs.example';
  if (/version/.test(champ)) return '1';
  if (/role/.test(champ)) return 'conseiller';
  if (/siret/.test(champ)) return '21210231300019';
  if (/date|jour|fin|debut|du$|au$/.test(champ)) return '31/12/2030';
  if (/code/.test(champ)) return '123456';
  return 'Un texte';
};
