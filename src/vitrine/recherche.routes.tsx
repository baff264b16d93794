import { z } from 'zod';
import type { Database } from '../platform/database/index.ts';
import { capitale, nombre, pluriel } from '../platform/francais/index.ts';
import { absent, type DeclaredRoute, defineRoute, numeroDePage } from '../platform/http/route.ts';
import { libellePublic } from '../structures/index.ts';
import {
  type CommuneTrouvee,
  chercherCommunes,
  chercherTerritoires,
  listCodesPostaux,
  type TerritoireTrouve,
  trouverCommune,
} from '../territoires/index.ts';
import { avecPostes, chercherStructures, type StructureNommee } from './recherche.store.ts';
import { type GroupeResultats, PageRecherche, type ResultatRecherche } from './views/page-recherche.tsx';

/** Longest text that is searched: no name of a structure is longer. */
const longueurMax = 200;
/** Structures on a page of results; communes and territories shown, and communes counted at most. */
const parPage = 20;
const montrees = 10;
const comptees = 100;
const suggestionsMax = 8;

/** The text as it is searched: what cannot be seen is left out, and the database takes all that is left. */
const nettoyer = (texte: string): string =>
  texte
    .normalize('NFC')
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/[\p{Cc}\p{Cs}\s]+/gu, ' ')
    .trim();

const nomEtCode = /^(?<nom>.*?\p{L}.*?)[\s,]*\(?\b(?<code>\d{5}|97\d|98\d|\d{2}|2[AB])\)?$/iu;
const codeEtNom = /^(?<code>\d{5})[\s,]+(?<nom>.*\p{L}.*)$/u;

/** Communes by name or postal code; by both (« 02000 Laon », « Laon (02) ») or an INSEE code where that finds none. */
const trouverCommunes = async (
  db: Database,
  q: string,
  limite: number,
): Promise<readonly CommuneTrouvee[]> => {
  const found = await chercherCommunes(db, q, limite);
  if (found.length > 0) return found;
  const byCode = await trouverCommune(db, q);
  if (byCode) return [byCode];
  const { nom, code } = (codeEtNom.exec(q) ?? nomEtCode.exec(q))?.groups ?? {};
  if (nom === undefined || code === undefined) return [];
  const named = await chercherCommunes(db, nom, comptees);
  if (code.length < 5) {
    return named.filter(({ departementCode }) => departementCode === code.toUpperCase()).slice(0, limite);
  }
  const delivered = new Set((await chercherCommunes(db, code, comptees)).map((commune) => commune.code));
  return named.filter((commune) => delivered.has(commune.code)).slice(0, limite);
};

const codesEnBref = (codes: readonly string[]): string =>
  codes.length > 3
    ? `${codes.slice(0, 2).join(', ')} et ${nombre(codes.length - 2)} autres codes`
    : codes.join(', ');

const departementDe = ({ departementNom, departementCode }: CommuneTrouvee): string =>
  `${departementNom} (${departementCode})`;

const versCommune = (commune: CommuneTrouvee, codes: readonly string[]): ResultatRecherche => ({
  libelle: commune.nom,
  detail: [
    departementDe(commune),
    codesEnBref(codes),
    commune.ancienNom === null ? '' : `trouvée par «\u00a0${commune.ancienNom}\u00a0»`,
  ]
    .filter(Boolean)
    .join(' · '),
  href: `/communes/${commune.code}`,
});

const versStructure = (structure: StructureNommee, postes?: number): ResultatRecherche => ({
  libelle: capitale(libellePublic(structure)),
  detail: [
    structure.communeNom === null ? '' : `${structure.communeNom} (${structure.departementCode})`,
    postes === undefined ? '' : pluriel(postes, 'poste', 'postes'),
  ]
    .filter(Boolean)
    .join(' · '),
  href: `/structures/${structure.id}`,
});

const chemins = { region: 'regions', departement: 'departements', epci: 'epci' } as const;

const versTerritoire = ({ type, code, nom, nature, situation }: TerritoireTrouve): ResultatRecherche => ({
  libelle: type === 'departement' ? `${nom} (${code})` : nom,
  detail: [
    capitale(nature),
    situation.length > 3 ? pluriel(situation.length, 'département', 'départements') : situation.join(', '),
  ]
    .filter(Boolean)
    .join(' · '),
  href: `/${chemins[type]}/${code}`,
});

const rien: GroupeResultats = { resultats: [], total: 0 };

const trouverTout = async (db: Database, q: string, page: number) => {
  const [communes, structures, territoires] = await Promise.all([
    page === 1 ? trouverCommunes(db, q, comptees + 1) : [],
    chercherStructures(db, q, { debut: (page - 1) * parPage, limite: parPage }),
    page === 1 ? chercherTerritoires(db, q, montrees) : { total: 0, territoires: [] },
  ]);
  const shown = communes.slice(0, montrees);
  const [codes, listed] = await Promise.all([
    listCodesPostaux(
      db,
      shown.map(({ code }) => code),
    ),
    avecPostes(db, structures.structures),
  ]);
  return {
    communes: {
      resultats: shown.map((commune) => versCommune(commune, codes.get(commune.code) ?? [])),
      total: Math.min(communes.length, comptees),
      auMoins: communes.length > comptees,
    },
    structures: {
      resultats: listed.map((structure) => versStructure(structure, structure.postes)),
      total: structures.total,
    },
    territoires: {
      resultats: territoires.territoires.map(versTerritoire),
      total: territoires.total,
    },
  };
};

type Suggestion = ResultatRecherche & { readonly type: 'commune' | 'structure' | TerritoireTrouve['type'] };

/** The best of each kind, then more of those that have more, so that a common name of commune hides no structure. */
const partager = (
  groupes: readonly (readonly Suggestion[])[],
  parts: readonly number[],
): readonly Suggestion[] => {
  const taken = groupes.map((groupe, index) => Math.min(groupe.length, parts[index] ?? 0));
  let left = suggestionsMax - taken.reduce((sum, count) => sum + count, 0);
  return groupes.flatMap((groupe, index) => {
    const count = Math.min(groupe.length, (taken[index] ?? 0) + left);
    left -= count - (taken[index] ?? 0);
    return groupe.slice(0, count);
  });
};

const suggerer = async (db: Database, q: string): Promise<readonly Suggestion[]> => {
  const [communes, structures, territoires] = await Promise.all([
    trouverCommunes(db, q, suggestionsMax),
    chercherStructures(db, q, { debut: 0, limite: suggestionsMax }),
    chercherTerritoires(db, q, suggestionsMax),
  ]);
  return partager(
    [
      communes.map((commune) => ({ ...versCommune(commune, []), type: 'commune' })),
      structures.structures.map((structure) => ({ ...versStructure(structure), type: 'structure' })),
      territoires.territoires.map((territoire) => ({ ...versTerritoire(territoire), type: territoire.type })),
    ],
    [4, 2, 2],
  );
};

const accueil = { texte: 'Accueil', href: '/' };

/** The search of the public site and the suggestions of its field. */
export const routesRecherche: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/recherche',
    access: { type: 'public' },
    limite: 'recherche',
    input: z.object({ q: z.string().default(''), page: numeroDePage }),
    handler: async ({ input, db }) => {
      const q = nettoyer(input.q);
      const tropLong = q.length > longueurMax;
      const groupes =
        q === '' || tropLong
          ? { communes: rien, structures: rien, territoires: rien }
          : await trouverTout(db, q, input.page);
      const pages = Math.max(1, Math.ceil(groupes.structures.total / parPage));
      // Beyond the last page nothing is counted.
      if (input.page > pages) return absent;
      return {
        type: 'page',
        titre: q === '' || tropLong ? 'Rechercher' : `Rechercher : ${q}`,
        description:
          'Trouvez les structures qui accueillent un conseiller numérique : par code postal, commune, nom de structure, département ou intercommunalité.',
        fil: [accueil, { texte: 'Rechercher' }],
        noindex: q !== '',
        canonique: '/recherche',
        ilots: ['recherche'],
        ...(tropLong ? { statut: 400 } : {}),
        contenu: (
          <PageRecherche
            q={q.slice(0, longueurMax)}
            tropLong={tropLong ? longueurMax : undefined}
            {...groupes}
            page={input.page}
            pages={pages}
          />
        ),
      };
    },
  }),
  defineRoute({
    path: '/recherche/suggestions',
    access: { type: 'public' },
    limite: 'recherche',
    input: z.object({ q: z.string().default('') }),
    handler: async ({ input, db }) => {
      const q = nettoyer(input.q);
      const suggestions = q.length < 2 || q.length > longueurMax ? [] : await suggerer(db, q);
      return { type: 'json', corps: { suggestions } };
    },
  }),
];
