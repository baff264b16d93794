import { z } from 'zod';
import { listStructuresRetenues } from '../candidatures/index.ts';
import { listCommuniques } from '../communication/index.ts';
import type { Database } from '../platform/database/index.ts';
import { capitale, dateLongue } from '../platform/francais/index.ts';
import { absent, type DeclaredRoute, defineRoute, numeroDePage } from '../platform/http/route.ts';
import { type FondDeCarte, tracerDepartements } from '../platform/views/cartographie.ts';
import { getProgramme } from '../programme/index.ts';
import { getChiffres, listChiffres } from '../statistiques/index.ts';
import { libellePublic } from '../structures/index.ts';
import { getDepartement, listContours, listDepartements } from '../territoires/index.ts';
import { PageAccueil } from './views/page-accueil.tsx';
import { PageDepartement } from './views/page-departement.tsx';
import { PageMentions } from './views/page-mentions.tsx';

const liensCommuniques = async (db: Database, departement?: string) =>
  (await listCommuniques(db, departement)).map((communique) => ({
    texte: `${communique.departementNom} : communiqué du ${dateLongue(communique.date)}`,
    href: `/communiques/${communique.departement}/${communique.seance}`,
  }));

const minute = 60_000;

/** Drawing outlines takes long enough to be done once in a while; imported ones show within a minute. */
const fondGarde = () => {
  let kept: { readonly fond: FondDeCarte; readonly until: number } | undefined;
  return async (db: Database): Promise<FondDeCarte> => {
    if (kept === undefined || kept.until < Date.now()) {
      const contours = await listContours(db, 'departement');
      kept = {
        fond: tracerDepartements(
          contours.map(({ code, nom, geometrie }) => ({ code, nom, geometry: geometrie })),
        ),
        until: Date.now() + minute,
      };
    }
    return kept.fond;
  };
};

const fondDesDepartements = fondGarde();

/** Structures on a page of a list. */
const parPage = 100;

const accueil = { texte: 'Accueil', href: '/' };

export const routes: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/',
    access: { type: 'public' },
    input: z.object({}),
    handler: async ({ db }) => {
      const [programme, chiffres, parDepartement, departements, fond, communiques] = await Promise.all([
        getProgramme(db),
        getChiffres(db),
        listChiffres(db, 'departement'),
        listDepartements(db),
        fondDesDepartements(db),
        liensCommuniques(db),
      ]);
      const figures = new Map(parDepartement.map((row) => [row.cle, row]));
      return {
        type: 'page',
        titre: 'Maillage',
        description:
          'Structures retenues, postes et montants des conseillers numériques, département par département.',
        fil: [],
        contenu: (
          <PageAccueil
            programme={programme ?? null}
            chiffres={chiffres}
            departements={departements.map(({ code, nom, region }) => ({
              code,
              nom,
              region: region?.nom ?? null,
              postes: figures.get(code)?.postes ?? 0,
              structures: figures.get(code)?.structures ?? 0,
            }))}
            fond={fond}
            communiques={communiques.slice(0, 5)}
          />
        ),
      };
    },
  }),
  defineRoute({
    path: '/departements/:code',
    access: { type: 'public' },
    input: z.object({
      code: z.string().regex(/^([0-9]{1,3}|2[ab])$/i, 'attend un code de département : 02, 2A, 971…'),
      page: numeroDePage,
    }),
    handler: async ({ input, db }) => {
      const code = input.code.toUpperCase().padStart(2, '0');
      const departement = await getDepartement(db, code);
      if (!departement) return absent;
      if (code !== input.code) return { type: 'redirection', vers: `/departements/${code}` };
      const territoire = { niveau: 'departement', code } as const;
      const [chiffres, seances, structures, communiques] = await Promise.all([
        getChiffres(db, { territoire }),
        listChiffres(db, 'seance', { territoire }),
        listStructuresRetenues(
          db,
          { departement: code },
          { debut: (input.page - 1) * parPage, limite: parPage },
        ),
        liensCommuniques(db, code),
      ]);
      const pages = Math.max(1, Math.ceil(chiffres.structures / parPage));
      if (input.page > pages) return absent;
      return {
        type: 'page',
        titre: `Les conseillers numériques ${departement.locatif}`,
        description: `Structures retenues, postes et montants des conseillers numériques ${departement.locatif}, séance par séance.`,
        fil: [accueil, { texte: departement.nom }],
        contenu: (
          <PageDepartement
            departement={{ ...departement, region: departement.region?.nom ?? null }}
            chiffres={chiffres}
            seances={seances}
            structures={structures.map((structure) => ({
              id: structure.id,
              libelle: capitale(libellePublic({ ...structure, departementGenitif: departement.genitif })),
              commune: structure.communeNom,
              postes: structure.postes,
              montant: structure.montant,
              seances: structure.seances,
            }))}
            communiques={communiques}
            page={input.page}
            pages={pages}
          />
        ),
      };
    },
  }),
  defineRoute({
    path: '/mentions-legales',
    access: { type: 'public' },
    input: z.object({}),
    handler: async ({ db }) => {
      const contours = await listContours(db, 'departement');
      return {
        type: 'page',
        titre: 'Mentions légales et sources',
        description: 'Éditeur du site, sources des données et licences.',
        fil: [accueil, { texte: 'Mentions légales et sources' }],
        contenu: (
          <PageMentions
            contours={[...new Set(contours.filter(({ officiel }) => officiel).map(({ source }) => source))]}
          />
        ),
      };
    },
  }),
];
