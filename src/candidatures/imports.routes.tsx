import { z } from 'zod';
import type { Database } from '../platform/database/index.ts';
import { lireHistorique } from '../platform/historique.ts';
import { acteurDe, type Identite } from '../platform/http/identite.ts';
import { pagePrivee } from '../platform/http/page-privee.ts';
import {
  absent,
  type Contexte,
  type DeclaredRoute,
  defineActe,
  defineRoute,
  numeroDePage,
  type Page,
  type Reponse,
} from '../platform/http/route.ts';
import {
  formatsPrives,
  lirePage,
  parPage,
  routesDeFichiers,
  schemaDeDemande,
} from '../platform/listes/index.ts';
import type { ErreursFormulaire } from '../platform/views/champs.tsx';
import { abandonnerDepot, confirmerDepot, deposerFichier, reprendreDepot } from './import/depot.acts.ts';
import { type Depot, getDepot } from './import/depot.store.ts';
import { lireLignes } from './import/lignes.ts';
import { choixEtats, listeImports } from './import/liste.ts';
import { modeleCsv } from './import/modele.ts';
import { getImport, listRejets } from './import/rapport.store.ts';
import { rejetsCsv } from './import/rapport.ts';
import { faits, PageDepot, PageNouvelImport } from './views/page-depot.tsx';
import { PageImport, vues } from './views/page-import.tsx';
import { PageImports } from './views/page-imports.tsx';

const access = { type: 'role', roles: ['administrateur'] } as const;
const racine = '/administration/imports';
const csv = 'text/csv; charset=utf-8';

const fil = [{ texte: 'Imports', href: racine }];

const page = (
  titre: string,
  description: string,
  contenu: Page['contenu'],
  reste: Pick<Page, 'statut' | 'actualiser'> = {},
): Page =>
  pagePrivee(
    // The first thing that a screen reader says.
    reste.statut === undefined ? titre : `Erreur : ${titre}`,
    titre === 'Imports' ? fil : [...fil, { texte: titre }],
    contenu,
    { description, ...reste },
  );

const pageNouveau = (erreurs: ErreursFormulaire): Page =>
  page(
    'Importer un fichier',
    'Déposer un fichier du comité de sélection.',
    <PageNouvelImport erreurs={erreurs} />,
    Object.keys(erreurs).length > 0 ? { statut: 400 } : {},
  );

const id = z.uuid('attend un identifiant d’import');
const vue = z.enum(vues, { error: `attend ${vues.join(', ')}` }).optional();
const demandeDePage = z.object({
  id,
  vue,
  page: numeroDePage,
  fait: z.enum(faits).optional(),
  suivi: z.enum(['oui']).optional(),
});
type DemandeDePage = z.infer<typeof demandeDePage>;

/** The page of a file sent, in whatever state it is. */
const montrer = async (
  { db, requete }: Pick<Contexte<unknown>, 'db' | 'requete'>,
  depot: Depot,
  { suivi, fait, ...demande }: Pick<DemandeDePage, 'page'> & Partial<DemandeDePage>,
  refus?: string,
): Promise<Reponse> => {
  const adresse = `${racine}/${depot.id}`;
  const rapport = depot.importId === null ? undefined : await getImport(db, { id: depot.importId });
  const source = rapport ?? { id: depot.id, apercu: true };
  const bilan = rapport?.bilan ?? (depot.statut === 'simule' ? depot.bilan : null);
  const lignes = bilan === null ? undefined : await lireLignes(db, source, bilan, demande);
  if (bilan !== null && lignes === undefined) return absent;
  const enCours = depot.statut === 'depose' || depot.statut === 'confirme';
  return page(
    `Import de «\u00a0${depot.fichier}\u00a0»`,
    'Ce que l’import ferait, fait ou a fait de chaque ligne du fichier.',
    <PageDepot
      depot={depot}
      adresse={adresse}
      fait={fait}
      refus={refus}
      suivi={suivi === 'oui'}
      lignes={lignes}
      rapport={rapport}
      historique={await lireHistorique(db, requete.phrases, 'import_depot', depot.id)}
    />,
    {
      ...(refus === undefined ? {} : { statut: 409 }),
      ...(suivi === 'oui' && enCours ? { actualiser: 5 } : {}),
    },
  );
};

type Acte = (
  db: Database,
  identite: Identite,
  demande: { readonly id: string; readonly version: number },
) => Promise<{ readonly ok: true } | { readonly ok: false; readonly message: string }>;

/** A button of the page: done, refused with its reason on the page, or done already by the click before. */
const bouton = (nom: string, fait: (typeof faits)[number], dejaFait: readonly string[], acte: Acte) =>
  defineActe({
    path: `${racine}/:id/${nom}`,
    access,
    input: z.object({ id }),
    champs: z.object({ version: z.coerce.number().int() }),
    handler: async (contexte) => {
      const { db, input, formulaire, identite } = contexte;
      const depot = await getDepot(db, input.id);
      if (!depot || !formulaire.ok) return absent;
      const done = await acte(db, identite, { id: input.id, ...formulaire.valeurs });
      if (done.ok) return { type: 'redirection', vers: `${racine}/${input.id}?fait=${fait}` };
      const seen = await getDepot(db, input.id);
      if (!seen) return absent;
      // The second of two clicks finds the work of the first.
      if (dejaFait.includes(seen.statut) && seen.version === formulaire.valeurs.version + 1)
        return { type: 'redirection', vers: `${racine}/${input.id}?fait=${fait}` };
      return montrer(contexte, seen, { page: 1 }, done.message);
    },
  });

export const routesImports: readonly DeclaredRoute[] = [
  defineRoute({
    path: racine,
    access,
    input: schemaDeDemande(listeImports, {}),
    handler: async ({ db, input: { demande } }) => {
      const resultat = await lirePage(db, listeImports, demande);
      if (!resultat) return absent;
      return page(
        'Imports',
        'Les fichiers du comité de sélection déposés et importés.',
        <PageImports
          liste={listeImports}
          demande={demande}
          resultat={resultat}
          parPage={parPage}
          etats={choixEtats}
          fichiers={{ base: racine, formats: formatsPrives }}
        />,
      );
    },
  }),
  ...routesDeFichiers(listeImports, racine, access),
  defineRoute({
    path: `${racine}/nouveau`,
    access,
    input: z.object({}),
    handler: async () => pageNouveau({}),
  }),
  defineActe({
    path: `${racine}/nouveau`,
    access,
    input: z.object({}),
    champs: z.object({
      fichier: z
        .instanceof(File, { error: 'Choisissez un fichier CSV.' })
        .refine(({ name, size }) => name !== '' || size > 0, 'Choisissez un fichier CSV.'),
    }),
    fichiers: true,
    handler: async ({ db, identite, formulaire }) => {
      if (!formulaire.ok) return pageNouveau(formulaire.erreurs);
      const { fichier } = formulaire.valeurs;
      const deposited = await deposerFichier(db, acteurDe(identite), {
        personne: identite.personne.id,
        nom: fichier.name,
        octets: new Uint8Array(await fichier.arrayBuffer()),
      });
      if (!deposited.ok) return pageNouveau({ fichier: deposited.message });
      return { type: 'redirection', vers: `${racine}/${deposited.valeur}?fait=depose` };
    },
  }),
  defineRoute({
    path: `${racine}/modele.csv`,
    access,
    input: z.object({}),
    handler: async () => ({ type: 'fichier', mime: csv, corps: modeleCsv(), nom: 'modele-coselec.csv' }),
  }),
  defineRoute({
    path: `${racine}/:id`,
    access,
    input: demandeDePage,
    handler: async (contexte) => {
      const { db, input } = contexte;
      const depot = await getDepot(db, input.id);
      if (depot) return montrer(contexte, depot, input);
      // Of the command line: its report alone.
      const rapport = await getImport(db, { id: input.id });
      if (!rapport) return absent;
      const lignes = await lireLignes(db, rapport, rapport.bilan, input);
      if (!lignes) return absent;
      return page(
        `Rapport d’import de «\u00a0${rapport.fichier}\u00a0»`,
        'Ce que l’import a fait de chaque ligne du fichier.',
        <PageImport rapport={rapport} lignes={lignes} adresse={`${racine}/${input.id}`} />,
      );
    },
  }),
  defineRoute({
    path: `${racine}/:id/rejets.csv`,
    access,
    input: z.object({ id }),
    handler: async ({ db, input }) => {
      const depot = await getDepot(db, input.id);
      const rapport = await getImport(db, { id: depot?.importId ?? input.id });
      const entetes = rapport?.entetes ?? depot?.entetes;
      if (!entetes) return absent;
      const rejets = await listRejets(db, rapport ?? { id: input.id, apercu: true });
      return { type: 'fichier', mime: csv, corps: rejetsCsv(entetes, rejets), nom: 'lignes-rejetees.csv' };
    },
  }),
  bouton('confirmer', 'confirme', ['confirme', 'importe'], (db, identite, demande) =>
    confirmerDepot(db, acteurDe(identite), { ...demande, personne: identite.personne.id }),
  ),
  bouton('reprendre', 'repris', ['depose', 'simule'], (db, identite, demande) =>
    reprendreDepot(db, acteurDe(identite), demande),
  ),
  bouton('abandonner', 'abandonne', ['abandonne'], (db, identite, demande) =>
    abandonnerDepot(db, acteurDe(identite), demande),
  ),
];
