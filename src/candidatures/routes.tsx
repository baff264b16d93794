import { createHash } from 'node:crypto';
import { z } from 'zod';
import { absent, type DeclaredRoute, defineRoute, numeroDePage } from '../platform/http/route.ts';
import { compterAvecAnomalies, getImport, listLignes, listRejets } from './import/rapport.store.ts';
import { rejetsCsv } from './import/rapport.ts';
import { PageImport, parPage, type Vue, vues } from './views/page-import.tsx';

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
      const rapport = await getImport(db, digest(input.lien));
      if (!rapport) return absent;
      const { bilan } = rapport;
      const comptes: Readonly<Record<Vue, number>> = {
        anomalies: await compterAvecAnomalies(db, rapport.id),
        rejetee: bilan.rejetees,
        modifiee: bilan.modifiees,
        creee: bilan.creees,
        inchangee: bilan.inchangees,
      };
      const vue = input.vue ?? vues.find((each) => comptes[each] > 0) ?? 'anomalies';
      const filtre = vue === 'anomalies' ? { anomalies: true } : { sort: vue };
      if (input.page > 1 && (input.page - 1) * parPage >= comptes[vue]) return absent;
      const lignes = await listLignes(db, rapport.id, filtre, {
        debut: (input.page - 1) * parPage,
        limite: parPage,
      });
      return {
        type: 'page',
        titre: `Rapport d’import de « ${rapport.fichier} »`,
        description: 'Ce que l’import a fait de chaque ligne du fichier.',
        fil: [{ texte: 'Accueil', href: '/' }, { texte: 'Rapport d’import' }],
        contenu: (
          <PageImport
            rapport={rapport}
            vue={vue}
            comptes={comptes}
            lignes={lignes}
            page={input.page}
            adresse={`/imports/${input.lien}`}
          />
        ),
      };
    },
  }),
  defineRoute({
    path: '/imports/:lien/rejets.csv',
    access,
    input: z.object({ lien }),
    handler: async ({ input, db }) => {
      const rapport = await getImport(db, digest(input.lien));
      if (!rapport) return absent;
      const corps = rejetsCsv(rapport.entetes, await listRejets(db, rapport.id));
      return { type: 'fichier', mime: 'text/csv; charset=utf-8', corps, nom: 'lignes-rejetees.csv' };
    },
  }),
];
