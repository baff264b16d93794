import { z } from 'zod';
import type { Config } from '../../platform/config.ts';
import { pagePrivee } from '../../platform/http/page-privee.ts';
import { absent, type DeclaredRoute, defineActe, defineRoute } from '../../platform/http/route.ts';
import { fermerSessions, prendreRole } from '../connexion/connexion.acts.ts';
import { delierIdentite } from '../connexion/oidc.acts.ts';
import { listIdentites } from '../connexion/oidc.store.ts';
import { lireSecondFacteur } from '../connexion/second-facteur.store.ts';
import { listAppareils } from '../connexion/sessions.store.ts';
import { PageCompte, PageDelier } from '../views/page-compte.tsx';

const access = { type: 'compte' } as const;
/** After the second factor, where there is one. */
const apresPreuve = { type: 'connecte', acces: true } as const;

const idIdentite = z.string().regex(/^[0-9a-f]{64}$/, 'n’est pas une identité');

/** The provider by its name where it is the one of the configuration, else by its server. */
const nomDuFournisseur = (emetteur: string, { oidc }: Pick<Config, 'oidc'>): string =>
  emetteur === oidc?.emetteur ? oidc.nom : new URL(emetteur).host;

export const routes: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/compte',
    access,
    input: z.object({ fait: z.enum(['appareil', 'appareils', 'identite']).optional() }),
    handler: async ({ input, db, identite, requete }) =>
      pagePrivee(
        'Mon compte',
        [{ texte: 'Mon compte' }],
        <PageCompte
          identite={identite}
          appareils={await listAppareils(db, identite.personne.id)}
          secondFacteur={await lireSecondFacteur(db, identite.personne.id)}
          identites={(await listIdentites(db, identite.personne.id)).map((lien) => ({
            ...lien,
            nom: nomDuFournisseur(lien.emetteur, requete.config),
          }))}
          fait={input.fait}
        />,
        { description: 'Mes rôles, mes appareils et mes données.' },
      ),
  }),
  defineRoute({
    path: '/compte/identites/:id/delier',
    access: apresPreuve,
    input: z.object({ id: idIdentite }),
    handler: async ({ input, acces, identite, requete }) => {
      const lien = (await listIdentites(acces, identite.personne.id)).find(({ id }) => id === input.id);
      if (lien === undefined) return absent;
      const nom = nomDuFournisseur(lien.emetteur, requete.config);
      return pagePrivee(
        `Délier ${nom}`,
        [{ texte: 'Mon compte', href: '/compte' }, { texte: `Délier ${nom}` }],
        <PageDelier id={lien.id} nom={nom} />,
        { description: 'Une identité n’ouvre plus mon compte.' },
      );
    },
  }),
  defineActe({
    path: '/compte/identites/:id/delier',
    access: apresPreuve,
    input: z.object({ id: idIdentite }),
    champs: z.object({}),
    handler: async ({ input, acces, identite }) => {
      const done = await delierIdentite(acces, identite, input.id);
      return done.ok ? { type: 'redirection', vers: '/compte?fait=identite' } : absent;
    },
  }),
  defineActe({
    path: '/compte/role',
    // Another role may want no second proof.
    access: { type: 'compte', avantSecondFacteur: true },
    input: z.object({}),
    champs: z.object({ habilitation: z.uuid() }),
    handler: async ({ db, identite, formulaire }) => {
      if (!formulaire.ok) return absent;
      const taken = await prendreRole(db, identite, formulaire.valeurs.habilitation);
      if (!taken.ok) return absent;
      return { type: 'redirection', vers: '/espace', session: taken.valeur };
    },
  }),
  defineActe({
    path: '/compte/appareils/fermer',
    access,
    input: z.object({}),
    champs: z.object({ session: z.uuid().optional() }),
    handler: async ({ db, identite, formulaire }) => {
      if (!formulaire.ok) return absent;
      const { session } = formulaire.valeurs;
      if (session === identite.session) return { type: 'redirection', vers: '/compte' };
      const ended = await fermerSessions(
        db,
        identite,
        session === undefined ? { saufCelle: identite.session } : { seule: session },
      );
      if (session !== undefined && ended === 0) return absent;
      return {
        type: 'redirection',
        vers: `/compte?fait=${session === undefined ? 'appareils' : 'appareil'}`,
      };
    },
  }),
];
