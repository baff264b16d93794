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
import { nommerStructure } from './rules.ts';
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

type Vu = {
  readonly relus: boolean;
  readonly page: number;
  readonly fait?: 'relu' | undefined;
  /** What was refused of one of them. */
  readonly refus?: { readonly structure: StructureConnue; readonly saisi: string; readonly message: string };
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
  if (page > 1 && structures.length === 0 && fait === undefined && refus === undefined) return absent;
  // Somebody may have taken it out of this list meanwhile: what was typed is shown all the same.
  const autre = refus !== undefined && !structures.some(({ id }) => id === refus.structure.id);
  const titre = `Libellés publics ${found.genitif}`;
  const libelles = [...(autre ? [refus.structure] : []), ...structures].map(
    (structure): LibelleARelire => ({
      ...structure,
      libelle: refus?.structure.id === structure.id ? refus.saisi : nommerStructure(structure, found).libelle,
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
        erreurs={refus === undefined ? {} : { [champDuLibelle(refus.structure.id)]: refus.message }}
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
      const refuse = (
        message: string,
        statut: 400 | 409,
        { relus, page }: Pick<Vu, 'relus' | 'page'> = { relus: structure.libelleRelu, page: 1 },
      ): Promise<Reponse> =>
        montrer(db, found, { relus, page, refus: { structure, saisi, message }, statut });
      if (!formulaire.ok)
        return refuse('Le libellé n’est pas enregistré : le formulaire est incomplet. Recommencez.', 400);
      const { version, etat: vu, page } = formulaire.valeurs;
      const relus = vu === 'relus';
      const done = await definirLibelle(db, acteurDe(identite), {
        identifiant: structure.id,
        libelle: saisi,
        version,
      });
      if (!done.ok) return refuse(done.message, done.refus === 'version' ? 409 : 400, { relus, page });
      const query = new URLSearchParams({
        ...(relus ? { etat: 'relus' } : {}),
        ...(page === 1 ? {} : { page: String(page) }),
        fait: 'relu',
      });
      return { type: 'redirection', vers: `${chemin}/${found.code}?${query}` };
    },
  }),
];
