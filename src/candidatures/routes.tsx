import { createHash } from 'node:crypto';
import { z } from 'zod';
import { absent, type DeclaredRoute, defineRoute, numeroDePage } from '../platform/http/route.ts';
import { routesComite } from './comite/index.ts';
import { routesDemande } from './demande/routes.tsx';
import { lireLignes } from './import/lignes.ts';
import { getImport, listRejets } from './import/rapport.store.ts';
import { rejetsCsv } from './import/rapport.ts';
import { routesImports } from './imports.routes.tsx';
import { routesInstruction } from './instruction/index.ts';
import { routesNotification } from './notification/index.ts';
import { routesRepartition } from './repartition/routes.tsx';
import { routesSuivi } from './suivi/routes.tsx';
import { PageImport, vues } from './views/page-import.tsx';

const lien = z.string().regex(/^[\w-]{32}$/, 'n’est pas un lien de rapport');
const access = { type: 'lien', parametre: 'lien' } as const;
const digest = (secret: string): string => createHash('sha256').update(secret).digest('hex');

export const routes: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/imports/:lien',
    access,
    input: z.object({
      lien,
      vue: z.enum(vues, { error: `attend ${vues.join(', ')}` }).optional(),
      page: numeroDePage,
    }),
    handler: async ({ input, db }) => {
      const rapport = await getImport(db, { lien: digest(input.lien) });
      if (!rapport) return absent;
      const lignes = await lireLignes(db, rapport, rapport.bilan, input);
      if (!lignes) return absent;
      return {
        type: 'page',
        titre: `Rapport d’import de « ${rapport.fichier} »`,
        description: 'Ce que l’import a fait de chaque ligne du fichier.',
        fil: [{ texte: 'Accueil', href: '/' }, { texte: 'Rapport d’import' }],
        contenu: <PageImport rapport={rapport} lignes={lignes} adresse={`/imports/${input.lien}`} />,
      };
    },
  }),
  defineRoute({
    path: '/imports/:lien/rejets.csv',
    access,
    input: z.object({ lien }),
    handler: async ({ input, db }) => {
      const rapport = await getImport(db, { lien: digest(input.lien) });
      if (!rapport) return absent;
      const corps = rejetsCsv(rapport.entetes, await listRejets(db, rapport));
      return { type: 'fichier', mime: 'text/csv; charset=utf-8', corps, nom: 'lignes-rejetees.csv' };
    },
  }),
  ...routesImports,
  ...routesNotification,
  ...routesDemande,
  ...routesComite,
  ...routesRepartition,
  ...routesInstruction,
  ...routesSuivi,
];
