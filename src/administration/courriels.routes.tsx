import { z } from 'zod';
import { relancerCourriel } from '../platform/courriel.ts';
import { lirePageDeJournal } from '../platform/historique.ts';
import { acteurDe } from '../platform/http/identite.ts';
import { absent, type DeclaredRoute, defineActe, defineRoute } from '../platform/http/route.ts';
import {
  formatsPrivesEtJson,
  lirePage,
  parPage,
  routesDeFichiers,
  schemaDeDemande,
} from '../platform/listes/index.ts';
import { listeCourriels } from './courriels.liste.ts';
import { type CourrielLu, getCourriel, listAbandonnes, listNatures } from './courriels.store.ts';
import { access, page } from './pages.ts';
import { PageCourriel, PageRenvoyer } from './views/page-courriel.tsx';
import { PageCourriels, PageRapport, PageRenvoyerPlusieurs } from './views/page-courriels.tsx';

const fil = { texte: 'Courriels', href: '/administration/courriels' };

/** Mails that are sent again together. */
const lot = 100;

const id = z.object({ id: listeCourriels.cle.schema });

const pageRenvoyer = (courriel: CourrielLu, refus?: string) =>
  page(
    'Renvoyer un courriel',
    [fil, { texte: courriel.objet, href: `${fil.href}/${courriel.id}` }, { texte: 'Renvoyer' }],
    <PageRenvoyer courriel={courriel} refus={refus} />,
    refus === undefined ? {} : { statut: 409 },
  );

export const routes: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/administration/courriels',
    access,
    input: schemaDeDemande(listeCourriels, {}),
    handler: async ({ input: { demande }, db }) => {
      const resultat = await lirePage(db, listeCourriels, demande);
      if (!resultat) return absent;
      return page(
        'Courriels',
        [{ texte: 'Courriels' }],
        <PageCourriels
          liste={listeCourriels}
          demande={demande}
          resultat={resultat}
          parPage={parPage}
          natures={await listNatures(db)}
          abandonnes={(await listAbandonnes(db, 1)).total}
        />,
      );
    },
  }),
  ...routesDeFichiers(listeCourriels, '/administration/courriels', access, formatsPrivesEtJson),
  // Before `/:id`, which would take « renvoyer » for a number.
  defineRoute({
    path: '/administration/courriels/renvoyer',
    access,
    input: z.object({}),
    handler: async ({ db }) =>
      page(
        'Renvoyer les courriels abandonnés',
        [fil, { texte: 'Renvoyer' }],
        <PageRenvoyerPlusieurs {...(await listAbandonnes(db, lot))} erreur={undefined} />,
      ),
  }),
  defineActe({
    path: '/administration/courriels/renvoyer',
    access,
    input: z.object({}),
    champs: z.object({
      courriel: z
        .union([z.uuid(), z.array(z.uuid())], { error: 'Cochez au moins un courriel.' })
        .transform((chosen) => [...new Set([chosen].flat())])
        .refine((chosen) => chosen.length <= lot, `Renvoyez ${lot} courriels au plus à la fois.`),
    }),
    handler: async ({ db, identite, formulaire }) => {
      if (!formulaire.ok)
        return page(
          'Erreur : renvoyer les courriels abandonnés',
          [fil, { texte: 'Renvoyer' }],
          <PageRenvoyerPlusieurs
            {...(await listAbandonnes(db, lot))}
            erreur={formulaire.erreurs['courriel'] ?? 'Cochez au moins un courriel.'}
          />,
          { statut: 400 },
        );
      const resultats = [];
      for (const chosen of formulaire.valeurs.courriel) {
        const courriel = await getCourriel(db, chosen);
        const done = await relancerCourriel(db, acteurDe(identite), chosen);
        resultats.push({
          id: chosen,
          objet: courriel?.objet ?? 'Courriel introuvable',
          destinataire: courriel?.destinataire ?? '',
          refus: done.ok ? undefined : done.message,
        });
      }
      // Each has its own result, which no address could hold: the report is the answer itself.
      return page(
        'Courriels renvoyés',
        [fil, { texte: 'Rapport' }],
        <PageRapport resultats={resultats} restants={(await listAbandonnes(db, 1)).total} />,
      );
    },
  }),
  defineRoute({
    path: '/administration/courriels/:id',
    access,
    input: id.extend({ fait: z.enum(['renvoye']).optional() }),
    handler: async ({ input, db, requete }) => {
      const courriel = await getCourriel(db, input.id);
      if (courriel === undefined) return absent;
      const { evenements } = await lirePageDeJournal(db, requete.phrases, {
        objetType: 'courriel',
        objetId: courriel.id,
      });
      return page(
        courriel.objet,
        [fil, { texte: courriel.objet }],
        <PageCourriel courriel={courriel} evenements={evenements} fait={input.fait} />,
      );
    },
  }),
  defineRoute({
    path: '/administration/courriels/:id/renvoyer',
    access,
    input: id,
    handler: async ({ input, db }) => {
      const courriel = await getCourriel(db, input.id);
      return courriel === undefined ? absent : pageRenvoyer(courriel);
    },
  }),
  defineActe({
    path: '/administration/courriels/:id/renvoyer',
    access,
    input: id,
    champs: z.object({}),
    handler: async ({ input, db, identite }) => {
      const courriel = await getCourriel(db, input.id);
      if (courriel === undefined) return absent;
      const done = await relancerCourriel(db, acteurDe(identite), input.id);
      if (!done.ok) return pageRenvoyer(courriel, done.message);
      return { type: 'redirection', vers: `${fil.href}/${input.id}?fait=renvoye` };
    },
  }),
];
