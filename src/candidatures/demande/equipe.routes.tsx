import { z } from 'zod';
import type { Database } from '../../platform/database/index.ts';
import { acteurDe, type Identite } from '../../platform/http/identite.ts';
import { absent, type DeclaredRoute, defineActe, defineRoute, type Page } from '../../platform/http/route.ts';
import { changerPorteur, permettreDeDeposer, peutChangerLePorteur } from './equipe.acts.ts';
import { listGestionnaires, listInvitationsEnAttente } from './equipe.store.ts';
import { adresseDe } from './formulaire.routes.tsx';
import { access, equipe, fait, faits, id, pageDesDeux, retourDe } from './pages.ts';
import { type Candidature, findCandidature } from './store.ts';
import { PageEquipe } from './views/page-equipe.tsx';

const pageEquipe = async (
  db: Database,
  candidature: Candidature,
  identite: Identite,
  etat: { readonly refus?: string; readonly fait?: string | undefined } = {},
): Promise<Page> =>
  pageDesDeux(
    identite,
    candidature,
    'Qui écrit, qui dépose',
    <PageEquipe
      candidature={candidature}
      retour={retourDe(identite, candidature.id)}
      gestionnaires={await listGestionnaires(db, candidature.structure.id)}
      invitations={await listInvitationsEnAttente(db, candidature.structure.id)}
      moi={identite.personne.id}
      peutChanger={peutChangerLePorteur(candidature, acteurDe(identite), identite.personne.id)}
      refus={etat.refus}
      fait={etat.fait}
    />,
    etat.refus === undefined ? undefined : 409,
  );

/** Who writes an application, and who submits it. */
export const routesEquipe: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/candidatures/:id/equipe',
    access: equipe,
    input: z.object({ id, fait }),
    handler: async ({ input, db, identite }) => {
      const candidature = await findCandidature(db, input.id);
      if (candidature === undefined) return absent;
      return pageEquipe(db, candidature, identite, {
        fait: input.fait === undefined ? undefined : faits[input.fait],
      });
    },
  }),
  defineActe({
    path: '/candidatures/:id/equipe/porteur',
    access: equipe,
    input: z.object({ id }),
    champs: z.object({ nouveau: z.string().default('') }),
    handler: async ({ input, db, identite, requete, formulaire }) => {
      const done = await changerPorteur(db, acteurDe(identite), {
        id: input.id,
        personne: identite.personne.id,
        nouveau: formulaire.ok ? formulaire.valeurs.nouveau : '',
        adresse: requete.adresse,
      });
      if (done.ok) return { type: 'redirection', vers: `${adresseDe(input.id)}/equipe?fait=equipe` };
      const candidature = await findCandidature(db, input.id);
      return candidature === undefined
        ? absent
        : pageEquipe(db, candidature, identite, { refus: done.message });
    },
  }),
  defineActe({
    path: '/candidatures/:id/equipe/depositaires',
    access,
    input: z.object({ id }),
    champs: z.object({ permis: z.union([z.string(), z.array(z.string())]).default([]) }),
    handler: async ({ input, db, identite, formulaire }) => {
      const done = await permettreDeDeposer(db, acteurDe(identite), {
        id: input.id,
        personne: identite.personne.id,
        permis: formulaire.ok ? [formulaire.valeurs.permis].flat() : [],
      });
      if (done.ok) return { type: 'redirection', vers: `${adresseDe(input.id)}/equipe?fait=equipe` };
      const candidature = await findCandidature(db, input.id);
      return candidature === undefined
        ? absent
        : pageEquipe(db, candidature, identite, { refus: done.message });
    },
  }),
];
