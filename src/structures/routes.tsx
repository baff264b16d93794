import { z } from 'zod';
import type { Database } from '../platform/database/index.ts';
import { acteurDe } from '../platform/http/identite.ts';
import { absent, type DeclaredRoute, defineActe, defineRoute, type Page } from '../platform/http/route.ts';
import { confirmerStructure } from './verification.acts.ts';
import { listStructuresAVerifier } from './verification.store.ts';
import { PageVerifier } from './views/page-verifier.tsx';

const access = { type: 'role', roles: ['instructeur', 'administrateur'] } as const;

const montrer = async (
  db: Database,
  etat: { readonly fait?: boolean; readonly refus?: string } = {},
): Promise<Page> => ({
  type: 'page',
  titre: etat.refus === undefined ? 'Structures à vérifier' : 'Erreur : structures à vérifier',
  description: 'Confirmer les structures dont le nom et le numéro ont été écrits à la main.',
  fil: [{ texte: 'Mon espace', href: '/espace' }, { texte: 'Structures à vérifier' }],
  contenu: (
    <PageVerifier
      structures={await listStructuresAVerifier(db)}
      refus={etat.refus}
      fait={etat.fait === true}
    />
  ),
  ...(etat.refus === undefined ? {} : { statut: 409 }),
});

export const routes: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/structures-a-verifier',
    access,
    input: z.object({ fait: z.enum(['confirmee']).optional() }),
    handler: ({ input, db }) => montrer(db, { fait: input.fait !== undefined }),
  }),
  defineActe({
    path: '/structures-a-verifier/:id',
    access,
    input: z.object({ id: z.uuid('n’est pas un identifiant') }),
    champs: z.object({
      version: z.coerce.number().int(),
      motif: z
        .string({ error: 'Écrivez comment vous avez vérifié la structure.' })
        .trim()
        .min(1, 'Écrivez comment vous avez vérifié la structure.')
        .max(300, 'Écrivez 300 caractères au plus.'),
    }),
    handler: async ({ input, db, identite, formulaire }) => {
      const siennes = await listStructuresAVerifier(db, 10_000);
      if (!siennes.some(({ id }) => id === input.id)) return absent;
      if (!formulaire.ok)
        return montrer(db, { refus: Object.values(formulaire.erreurs)[0] ?? 'Recommencez.' });
      const done = await confirmerStructure(db, acteurDe(identite), { id: input.id, ...formulaire.valeurs });
      if (done.ok) return { type: 'redirection', vers: '/structures-a-verifier?fait=confirmee' };
      return done.refus === 'absent' ? absent : montrer(db, { refus: done.message });
    },
  }),
];
