import { z } from 'zod';
import type { Database } from '../platform/database/index.ts';
import { capitale, nombre, pluriel } from '../platform/francais/index.ts';
import { absent, type DeclaredRoute, defineRoute, numeroDePage } from '../platform/http/route.ts';
import { distanceEnMots } from '../platform/views/lieux.ts';
import { libellePublic } from '../structures/index.ts';
import {
  type CommuneTrouvee,
  chercherCommunes,
  chercherCommunesRessemblantes,
  chercherTerritoires,
  listCodesPostaux,
  listCommunesDuCodePostal,
  type TerritoireTrouve,
  trouverCommune,
} from '../territoires/index.ts';
import { listStructuresProches } from './proximite.store.ts';
import {
  avecPostes,
  chercherStructures,
  chercherStructuresRessemblantes,
  type StructureNommee,
  type StructuresTrouvees,
} from './recherche.store.ts';
import { porteeKilometres } from './seuils.ts';
import { type GroupeResultats, PageRecherche, type ResultatRecherche } from './views/page-recherche.tsx';

/** Longest text that is searched: no name of a structure is longer. */
const longueurMax = 200;
/** Structures on a page of results; communes and territories shown, and communes counted at most. */
const parPage = 20;
const montrees = 10;
const comptees = 100;
const suggestionsMax = 8;
/** Nearest structures shown for a postal code; names proposed to somebody who mistyped one. */
const prochesMax = 5;
const proposees = 5;

/** The text as it is searched: what cannot be seen is left out, and the database takes all that is left. */
const nettoyer = (texte: string): string =>
  texte
    .normalize('NFC')
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/[\p{Cc}\p{Cs}\s]+/gu, ' ')
    .trim();

const nomEtCode = /^(?<nom>.*?\p{L}.*?)[\s,]*\(?\b(?<code>\d{5}|97\d|98\d|\d{2}|2[AB])\)?$/iu;
const codeEtNom = /^(?<code>\d{5})[\s,]+(?<nom>.*\p{L}.*)$/u;

const administration =
  /^(?:mairie|ville|commune)\s+(?:d(?:e\s+)?(?:l)?['’]\s*|de\s+la\s+|de\s+|du\s+|des\s+)(?=\S)/iu;

/** What « mairie de Gauchy » is in when nothing bears that name; undefined: the text names no administration. */
const sansAdministration = (q: string): string | undefined => {
  const rest = q.replace(administration, '');
  return rest === q ? undefined : rest;
};

const chercherStructuresOuMairie = async (
  db: Database,
  q: string,
  extrait: { readonly debut: number; readonly limite: number },
): Promise<StructuresTrouvees> => {
  const found = await chercherStructures(db, q, extrait);
  const rest = sansAdministration(q);
  // A page beyond the last is empty too, and no reason to search something else.
  if (found.total > 0 || rest === undefined) return found;
  return (await chercherStructures(db, q, { debut: 0, limite: 1 })).total > 0
    ? found
    : chercherStructures(db, rest, extrait);
};

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
  const rest = sansAdministration(q);
  if (rest !== undefined) return trouverCommunes(db, rest, limite);
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

/** The structures nearest to a postal code, which names no place of its own: to the middle of its communes. */
const trouverProches = async (
  db: Database,
  communes: readonly CommuneTrouvee[],
): Promise<readonly ResultatRecherche[]> => {
  const mean = (pick: (commune: CommuneTrouvee) => number): number =>
    communes.reduce((sum, commune) => sum + pick(commune), 0) / communes.length;
  const position = {
    latitude: mean(({ latitude }) => latitude),
    longitude: mean(({ longitude }) => longitude),
  };
  return (await listStructuresProches(db, position, prochesMax))
    .filter(({ kilometres }) => kilometres <= porteeKilometres)
    .map((structure) => {
      const { detail, ...resultat } = versStructure(structure, structure.postes);
      return {
        ...resultat,
        detail: [distanceEnMots(structure.kilometres * 1000), detail].filter(Boolean).join(' · '),
      };
    });
};

/** What somebody may have meant who mistyped: asked for when nothing is so called. */
const trouverRessemblances = async (
  db: Database,
  q: string,
  structuresTrouvees: boolean,
): Promise<readonly ResultatRecherche[]> => {
  const texte = sansAdministration(q) ?? q;
  const communes = await chercherCommunesRessemblantes(db, texte, {
    // Beside structures that bear the name as it is written, only what is hardly another word.
    ressemblance: structuresTrouvees ? 0.6 : 0.4,
    limite: proposees,
  });
  if (communes.length > 0)
    return communes.map((commune) => ({ ...versCommune(commune, []), detail: departementDe(commune) }));
  if (structuresTrouvees) return [];
  return (await chercherStructuresRessemblantes(db, texte, proposees)).map((structure) =>
    versStructure(structure),
  );
};

const codePostal = /^\d{5}$/;

const trouverTout = async (db: Database, q: string, page: number) => {
  const code = q.replaceAll(' ', '');
  const [delivered, structures, territoires] = await Promise.all([
    page === 1 && codePostal.test(code) ? listCommunesDuCodePostal(db, code) : [],
    chercherStructuresOuMairie(db, q, { debut: (page - 1) * parPage, limite: parPage }),
    page === 1 ? chercherTerritoires(db, q, montrees) : { total: 0, territoires: [] },
  ]);
  const communes =
    page !== 1 || delivered.length > 0 ? delivered : await trouverCommunes(db, q, comptees + 1);
  const shown = delivered.length > 0 ? delivered : communes.slice(0, montrees);
  // Said of each, what is the same for all would only make the list longer.
  const unDepartement = new Set(delivered.map(({ departementCode }) => departementCode)).size === 1;
  const [codes, listed, proches, ressemblances] = await Promise.all([
    delivered.length > 0
      ? new Map<string, readonly string[]>()
      : listCodesPostaux(
          db,
          shown.map((commune) => commune.code),
        ),
    avecPostes(db, structures.structures),
    delivered.length > 0 ? trouverProches(db, delivered) : [],
    page === 1 && communes.length === 0 && territoires.total === 0
      ? trouverRessemblances(db, q, structures.total > 0)
      : [],
  ]);
  return {
    ...(delivered.length > 0 ? { codePostal: code } : {}),
    proches,
    ressemblances,
    communes: {
      resultats: shown
        .map((commune) => versCommune(commune, codes.get(commune.code) ?? []))
        .map((resultat) => (unDepartement ? { ...resultat, detail: '' } : resultat)),
      total: delivered.length > 0 ? delivered.length : Math.min(communes.length, comptees),
      auMoins: delivered.length === 0 && communes.length > comptees,
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
    chercherStructuresOuMairie(db, q, { debut: 0, limite: suggestionsMax }),
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
          ? { communes: rien, structures: rien, territoires: rien, proches: [], ressemblances: [] }
          : await trouverTout(db, q, input.page);
      const pages = Math.max(1, Math.ceil(groupes.structures.total / parPage));
      // Beyond the last page nothing is counted.
      if (input.page > pages) return absent;
      return {
        type: 'page',
        titre: q === '' || tropLong ? 'Près de chez vous' : `Résultats pour « ${q} »`,
        description:
          'Trouvez les structures qui accueillent un conseiller numérique : par code postal, commune, nom de structure, département ou intercommunalité.',
        fil: [accueil, { texte: 'Près de chez vous' }],
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
