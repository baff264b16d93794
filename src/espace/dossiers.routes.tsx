import { z } from 'zod';
import { listAttributionsDeStructure } from '../acces/index.ts';
import { listLieux } from '../deploiement/index.ts';
import { dateDuDomaine } from '../platform/dates.ts';
import { capitale, dateLongue } from '../platform/francais/index.ts';
import { lirePageDeJournal, type PageDeJournal } from '../platform/historique.ts';
import { acteurDe, type Identite } from '../platform/http/identite.ts';
import { pagePrivee } from '../platform/http/page-privee.ts';
import { absent, type DeclaredRoute, defineRoute } from '../platform/http/route.ts';
import {
  exporterListe,
  formatsPrives,
  lireListe,
  lirePage,
  parPage,
  schemaDeDemande,
  schemaDeFichier,
} from '../platform/listes/index.ts';
import { nommerObjets } from '../platform/objets.ts';
import { getChiffres } from '../statistiques/index.ts';
import { filtresDuRegard, listeDecisionsSuivies } from './decisions.liste.ts';
import { findSeanceSuivie, listAnnoncesDeSeance } from './seances.store.ts';
import { findStructureSuivie } from './structures.store.ts';
import { PageSeance } from './views/page-seance.tsx';
import { PageStructure } from './views/page-structure.tsx';

const gestion = ['administrateur', 'instructeur', 'gestionnaire'] as const;
const accesStructure = { type: 'role', roles: gestion } as const;
const accesSeance = {
  type: 'role',
  roles: [...gestion, 'membre_comite', 'coordinateur', 'conseiller'],
} as const;

/** The page of the journal goes on before this line. */
const avant = z.coerce
  .number({ error: 'attend un numéro de ligne' })
  .int('attend un numéro de ligne')
  .min(1, 'commence à 1')
  .max(Number.MAX_SAFE_INTEGER, 'est trop grand')
  .optional();

const historiqueDe = ({ evenements, suite }: PageDeJournal, chemin: string, depuis: number | undefined) => ({
  evenements,
  suite: suite === undefined ? undefined : `${chemin}?avant=${suite}#historique`,
  debut: depuis === undefined ? undefined : `${chemin}#historique`,
});

/** Decisions of one's structure are not filtered by territory, nor the other way round. */
const fixesDe = (identite: Identite, seance: string) => ({ ...filtresDuRegard(identite), seance });

const fixesDePage = ['seance', 'structure'];

/** The private pages of a structure and of a session. */
export const dossiers: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/espace/structures/:id',
    access: accesStructure,
    input: z.object({ id: z.uuid('n’est pas une structure'), avant }),
    handler: async ({ input, db, requete }) => {
      const structure = await findStructureSuivie(db, input.id);
      if (structure === undefined) return absent;
      const journal = await lirePageDeJournal(db, requete.phrases, {
        structure: structure.id,
        ...(input.avant === undefined ? {} : { avant: input.avant }),
      });
      const nommer = await nommerObjets(
        db,
        journal.evenements.map(({ objet }) => objet),
      );
      const titre = capitale(structure.libelle);
      return pagePrivee(
        titre,
        [{ texte: titre }],
        <PageStructure
          structure={structure}
          lieux={(await listLieux(db, [structure.id])).map(({ nom }) => nom)}
          roles={await listAttributionsDeStructure(db, structure.id)}
          decisions={
            await lireListe(db, listeDecisionsSuivies, {
              filtres: { structure: structure.id },
              tri: { champ: 'seance', sens: 'desc' },
              debut: 0,
              limite: parPage,
            })
          }
          historique={{
            ...historiqueDe(journal, `/espace/structures/${structure.id}`, input.avant),
            nommer: (objet) => (objet.id === structure.id ? undefined : nommer(objet)),
          }}
        />,
        { description: 'Une structure, ses personnes, ses décisions et son historique.' },
      );
    },
  }),
  defineRoute({
    path: '/espace/seances/:date',
    access: accesSeance,
    input: schemaDeDemande(listeDecisionsSuivies, { date: dateDuDomaine, avant }, fixesDePage),
    handler: async ({ input: { demande, date, avant: depuis }, db, identite, requete }) => {
      const seance = await findSeanceSuivie(db, date);
      if (seance === undefined) return absent;
      const { seance: _, ...fixes } = fixesDe(identite, date);
      const decisions = await lirePage(db, listeDecisionsSuivies, demande, { ...fixes, seance: date });
      if (!decisions) return absent;
      const { departement, region } = fixes;
      const role = identite.habilitation?.role;
      const annonces = await listAnnoncesDeSeance(db, seance.id, { departement, region });
      const titre = `Séance du ${dateLongue(date)}`;
      return pagePrivee(
        titre,
        [{ texte: titre }],
        <PageSeance
          seance={seance}
          chiffres={
            await getChiffres(db, {
              seance: date,
              ...(departement === undefined
                ? {}
                : { territoire: { niveau: 'departement', code: departement } }),
              ...(region === undefined ? {} : { territoire: { niveau: 'region', code: region } }),
            })
          }
          annonces={annonces}
          liste={listeDecisionsSuivies}
          demande={demande}
          decisions={decisions}
          parPage={parPage}
          fixes={fixes}
          suitLesStructures={gestion.some((un) => un === role)}
          suitLesCommuniques={role === 'administrateur' || role === 'instructeur'}
          historique={historiqueDe(
            await lirePageDeJournal(db, requete.phrases, {
              objetType: 'seance',
              objetId: seance.id,
              ...(depuis === undefined ? {} : { avant: depuis }),
            }),
            `/espace/seances/${date}`,
            depuis,
          )}
        />,
        { description: 'Une séance du comité, ses décisions, leurs annonces et son historique.' },
      );
    },
  }),
  ...formatsPrives.map((format) =>
    defineRoute({
      path: `/espace/seances/:date/decisions.${format}`,
      access: accesSeance,
      limite: 'export',
      input: schemaDeFichier(listeDecisionsSuivies, { date: dateDuDomaine }),
      handler: async ({ input, db, identite }) => {
        if ((await findSeanceSuivie(db, input.date)) === undefined) return absent;
        return exporterListe(db, acteurDe(identite), listeDecisionsSuivies, {
          format,
          filtres: { ...input.filtres, ...fixesDe(identite, input.date) },
          tri: input.tri,
          source: 'Contient des décisions qui ne sont pas encore annoncées, s’il en reste.',
          nom: `seance-${input.date}`,
        });
      },
    }),
  ),
];
