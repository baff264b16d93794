import { z } from 'zod';
import {
  absent,
  type DeclaredRoute,
  defineActe,
  defineRoute,
  numeroDePage,
} from '../../platform/http/route.ts';
import { identifiant } from '../formulaires.ts';
import { gestion, pageDeGestion } from '../roles/personnes.routes.tsx';
import { PageFichier, PageLot } from '../views/page-invitations-fichier.tsx';
import { demanderEnvoi, deposerFichier } from './invitations-fichier.acts.ts';
import { fichierDesErreurs, modeleDeFichier } from './invitations-fichier.rapport.ts';
import { getLot, type Lot } from './invitations-fichier.store.ts';

const access = { type: 'role', roles: gestion } as const;
const fil = { texte: 'Invitations', href: '/invitations' };
const csv = 'text/csv; charset=utf-8';

const etapeDe = ({ demandeeLe, traiteeLe }: Lot): 'Aperçu' | 'Envoi' | 'Compte rendu' =>
  traiteeLe !== null ? 'Compte rendu' : demandeeLe !== null ? 'Envoi' : 'Aperçu';

export const routes: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/invitations/fichier',
    access,
    input: z.object({}),
    handler: async () =>
      pageDeGestion(
        'Inviter par un fichier',
        [fil, { texte: 'Inviter par un fichier' }],
        <PageFichier erreurs={{}} />,
      ),
  }),
  defineRoute({
    path: '/invitations/fichier/modele.csv',
    access,
    input: z.object({}),
    handler: async () => ({
      type: 'fichier',
      mime: csv,
      corps: modeleDeFichier(),
      nom: 'modele-invitations.csv',
    }),
  }),
  defineActe({
    path: '/invitations/fichier',
    access,
    fichiers: true,
    input: z.object({}),
    champs: z.object({ fichier: z.instanceof(File, { error: 'Choisissez un fichier.' }) }),
    handler: async ({ db, formulaire }) => {
      const revoir = (message: string) =>
        pageDeGestion(
          'Erreur : inviter par un fichier',
          [fil, { texte: 'Inviter par un fichier' }],
          <PageFichier erreurs={{ fichier: message }} />,
          400,
        );
      if (!formulaire.ok) return revoir(Object.values(formulaire.erreurs)[0] ?? 'Choisissez un fichier.');
      const kept = await deposerFichier(db, formulaire.valeurs.fichier);
      if (!kept.ok) return revoir(kept.message);
      return { type: 'redirection', vers: `/invitations/fichier/${kept.valeur.lot}` };
    },
  }),
  defineRoute({
    path: '/invitations/fichier/:id',
    access,
    input: z.object({ id: identifiant, page: numeroDePage, suivi: z.enum(['oui']).optional() }),
    handler: async ({ input, db }) => {
      const lot = await getLot(db, input.id);
      if (lot === undefined) return absent;
      const suivi = input.suivi === 'oui';
      const etape = etapeDe(lot);
      return {
        ...pageDeGestion(
          `${etape} des invitations`,
          [fil, { texte: etape }],
          <PageLot lot={lot} page={input.page} suivi={suivi} erreur={undefined} />,
        ),
        ...(suivi && etape === 'Envoi' ? { actualiser: 5 } : {}),
      };
    },
  }),
  defineRoute({
    path: '/invitations/fichier/:id/erreurs.csv',
    access,
    input: z.object({ id: identifiant }),
    handler: async ({ input, db }) => {
      const lot = await getLot(db, input.id);
      if (lot === undefined) return absent;
      return {
        type: 'fichier',
        mime: csv,
        corps: fichierDesErreurs(lot.lignes),
        nom: 'invitations-a-corriger.csv',
      };
    },
  }),
  defineActe({
    path: '/invitations/fichier/:id',
    access,
    input: z.object({ id: identifiant }),
    champs: z.object({
      ligne: z
        .union([z.coerce.number().int(), z.array(z.coerce.number().int())])
        .default([])
        .transform((chosen) => [chosen].flat()),
    }),
    handler: async ({ input, db, identite: { personne, habilitation }, formulaire }) => {
      if (habilitation === null) return absent;
      const sent = await demanderEnvoi(db, {
        lot: input.id,
        confirmees: formulaire.ok ? formulaire.valeurs.ligne : [],
        personne: personne.id,
        attribution: habilitation.id,
      });
      if (!sent.ok && sent.refus === 'absent') return absent;
      const lot = !sent.ok && sent.refus === 'trop' ? await getLot(db, input.id) : undefined;
      if (lot && !sent.ok)
        return pageDeGestion(
          'Erreur : aperçu des invitations',
          [fil, { texte: 'Aperçu' }],
          <PageLot lot={lot} page={1} suivi={false} erreur={sent.message} />,
          400,
        );
      // Asked for already: the page says how far it has got.
      return { type: 'redirection', vers: `/invitations/fichier/${input.id}` };
    },
  }),
];
