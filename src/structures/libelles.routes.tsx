import { z } from 'zod';
import type { Database } from '../platform/database/index.ts';
import { acteurDe } from '../platform/http/identite.ts';
import {
  absent,
  type DeclaredRoute,
  defineActe,
  defineRoute,
  numeroDePage,
  type Page,
  type Reponse,
} from '../platform/http/route.ts';
import { type Departement, getDepartement, listDepartementsDeLActeur } from '../territoires/index.ts';
import { definirLibelle } from './acts.ts';
import { estAssemblee, libellePublic } from './rules.ts';
import { findStructure, listLibelles, type StructureConnue } from './store.ts';
import {
  champDuLibelle,
  type LibelleARelire,
  PageChoixLibelles,
  PageLibelles,
} from './views/page-libelles.tsx';

const access = { type: 'role', roles: ['instructeur', 'administrateur'] } as const;
const chemin = '/prefecture/libelles';
const espace = { texte: 'Mon espace', href: '/espace' };
const departement = z.string().regex(/^(\d{2,3}|2[AB])$/, 'attend un code de département');
const parPage = 30;

/** A département of the acting territory; nothing elsewhere. */
const trouver = async (db: Database, code: string): Promise<Departement | undefined> =>
  (await listDepartementsDeLActeur(db)).some((each) => each.code === code)
    ? getDepartement(db, code)
    : undefined;

/** The label as it is announced today: the assembly of a département by its official name. */
const libelleActuel = (structure: StructureConnue, { code, assemblee, assembleeSeconde }: Departement) => {
  const official = [assemblee, assembleeSeconde].find(
    (each) => each !== null && estAssemblee(structure, code, each),
  );
  return structure.libellePublic ?? official?.nom ?? libellePublic(structure);
};

type Vu = {
  readonly relus: boolean;
  readonly page: number;
  readonly fait?: 'relu' | undefined;
  /** What was refused of one of them. */
  readonly refus?: { readonly id: string; readonly saisi: string; readonly message: string };
  readonly statut?: Page['statut'];
};

const montrer = async (db: Database, found: Departement, vu: Vu): Promise<Reponse> => {
  const { relus, page, fait, refus, statut } = vu;
  const debut = (page - 1) * parPage;
  const { total, structures } = await listLibelles(db, {
    departement: found.code,
    relus,
    debut,
    limite: parPage,
  });
  if (page > 1 && structures.length === 0 && fait === undefined) return absent;
  const titre = `Libellés publics ${found.genitif}`;
  const libelles = structures.map(
    (structure): LibelleARelire => ({
      ...structure,
      libelle:
        refus !== undefined && refus.id === structure.id ? refus.saisi : libelleActuel(structure, found),
      ecrit: structure.libellePublic !== null,
    }),
  );
  return {
    type: 'page',
    titre: refus === undefined ? titre : `Erreur : ${titre}`,
    description: 'Relire les noms sous lesquels les structures sont annoncées.',
    fil: [espace, { texte: 'Libellés publics', href: chemin }, { texte: found.nom }],
    ...(statut === undefined ? {} : { statut }),
    contenu: (
      <PageLibelles
        adresse={`${chemin}/${found.code}`}
        titre={titre}
        libelles={libelles}
        relus={relus}
        total={total}
        page={page}
        parPage={parPage}
        fait={fait === 'relu'}
        erreurs={refus === undefined ? {} : { [champDuLibelle(refus.id)]: refus.message }}
      />
    ),
  };
};

const etat = z.enum(['relus', 'a_relire']).default('a_relire');

export const routes: readonly DeclaredRoute[] = [
  defineRoute({
    path: chemin,
    access,
    input: z.object({}),
    handler: async ({ db }) => {
      const departements = await listDepartementsDeLActeur(db);
      const [seul] = departements;
      if (departements.length === 1 && seul) return { type: 'redirection', vers: `${chemin}/${seul.code}` };
      return {
        type: 'page',
        titre: 'Libellés publics',
        description:
          'Relire les noms sous lesquels les structures sont annoncées, département par département.',
        fil: [espace, { texte: 'Libellés publics' }],
        contenu: <PageChoixLibelles departements={departements} chemin={chemin} />,
      };
    },
  }),
  defineRoute({
    path: `${chemin}/:departement`,
    access,
    input: z.object({ departement, etat, page: numeroDePage, fait: z.literal('relu').optional() }),
    handler: async ({ input, db }) => {
      const found = await trouver(db, input.departement);
      return found === undefined
        ? absent
        : montrer(db, found, { relus: input.etat === 'relus', page: input.page, fait: input.fait });
    },
  }),
  defineActe({
    path: `${chemin}/:departement/:structure`,
    access,
    input: z.object({ departement, structure: z.uuid('n’est pas une structure') }),
    champs: z.object({
      version: z.coerce.number().int().min(0),
      etat,
      page: z.coerce.number().int().min(1).default(1),
    }),
    handler: async ({ input, db, identite, formulaire }) => {
      const found = await trouver(db, input.departement);
      const structure = await findStructure(db, input.structure);
      if (found === undefined || structure?.departement !== found.code) return absent;
      const saisi = formulaire.saisie[champDuLibelle(structure.id)] ?? '';
      const retour = formulaire.ok ? formulaire.valeurs : { version: -1, etat: 'a_relire', page: 1 };
      const done = await definirLibelle(db, acteurDe(identite), {
        identifiant: structure.id,
        libelle: saisi,
        version: retour.version,
      });
      const relus = retour.etat === 'relus';
      if (!done.ok)
        return montrer(db, found, {
          relus,
          page: retour.page,
          refus: { id: structure.id, saisi, message: done.message },
          statut: done.refus === 'version' ? 409 : 400,
        });
      const query = new URLSearchParams({
        ...(relus ? { etat: 'relus' } : {}),
        ...(retour.page === 1 ? {} : { page: String(retour.page) }),
        fait: 'relu',
      });
      return { type: 'redirection', vers: `${chemin}/${found.code}?${query}` };
    },
  }),
];
