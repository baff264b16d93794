import { z } from 'zod';
import type { DeclaredRoute } from '../platform/http/route.ts';
import { defineRoute } from '../platform/http/route.ts';
import { getProgramme } from '../programme/index.ts';
import { getChiffres, listChiffres } from '../statistiques/index.ts';
import { listDepartements } from '../territoires/index.ts';
import { routesApi } from './api/routes.tsx';
import { routesCarte } from './carte.routes.tsx';
import { routesCommunes } from './communes.routes.tsx';
import { routesComposants } from './composants.routes.tsx';
import { routesDonnees } from './donnees/routes.tsx';
import { siteWeb } from './donnees-structurees.ts';
import { routesFlux } from './flux.routes.tsx';
import { fondDesDepartements } from './fond.ts';
import { routesInformation } from './information.routes.tsx';
import { liensCommuniques } from './listes.ts';
import { routesPartage } from './partage.routes.ts';
import { routesRecherche } from './recherche.routes.tsx';
import { routesSecurite } from './securite.routes.ts';
import { routesStructures } from './structures.routes.tsx';
import { routesTerritoires } from './territoires.routes.tsx';
import { PageAccueil } from './views/page-accueil.tsx';

const description =
  'Trouver un conseiller numérique près de chez soi : structures retenues, postes et montants, département par département.';

/** Communiqués on the home page. */
const derniersCommuniques = 5;

const accueil = defineRoute({
  path: '/',
  access: { type: 'public' },
  input: z.object({}),
  handler: async ({ db, requete }) => {
    const [programme, chiffres, parDepartement, departements, fond, communiques] = await Promise.all([
      getProgramme(db),
      getChiffres(db),
      listChiffres(db, 'departement'),
      listDepartements(db),
      fondDesDepartements(db),
      liensCommuniques(db, { limite: derniersCommuniques }),
    ]);
    const figures = new Map(parDepartement.map((row) => [row.cle, row]));
    return {
      type: 'page',
      titre: 'Maillage',
      description,
      fil: [],
      ilots: ['recherche'],
      partage: '/partage/accueil.png',
      flux: [{ titre: 'Communiqués', href: '/communiques.atom' }],
      donneesStructurees: [siteWeb(requete.adresse, description)],
      contenu: (
        <PageAccueil
          programme={programme ?? null}
          chiffres={chiffres}
          departements={departements.map(({ code, nom, region }) => ({
            code,
            nom,
            region: region ? { code: region.code, nom: region.nom } : null,
            postes: figures.get(code)?.postes ?? 0,
            structures: figures.get(code)?.structures ?? 0,
          }))}
          fond={fond}
          communiques={communiques}
        />
      ),
    };
  },
});

export const routes: readonly DeclaredRoute[] = [
  accueil,
  ...routesRecherche,
  ...routesTerritoires,
  ...routesCommunes,
  ...routesStructures,
  ...routesCarte,
  ...routesInformation,
  ...routesFlux,
  ...routesPartage,
  ...routesDonnees,
  ...routesApi,
  ...routesComposants,
  ...routesSecurite,
];
