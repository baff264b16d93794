import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { cleDe } from '../../platform/cle.ts';
import {
  type DeclaredRoute,
  defineActe,
  defineRoute,
  type Page,
  type Redirection,
} from '../../platform/http/route.ts';
import { appareilDe, retourSur } from '../../platform/http/securite.ts';
import { adresseComplete, adresseIncomplete, minutesDuLien, normaliserCourriel } from '../rules.ts';
import { dechiffrer, nouveauSecret } from '../secrets.ts';
import { PageConfirmation, PageConnexion, PageLienEnvoye, PageLienPerime } from '../views/page-connexion.tsx';
import { demanderLien, entrerParLien, examinerLien, fermerSessions } from './connexion.acts.ts';
import { adresseDeFin } from './oidc.ts';
import { lireJetonIdentite } from './sessions.store.ts';

/** Milliseconds that the demand of a link lasts, whether the address is known or not. */
const dureeEgale = 250;

const page = (titre: string, contenu: Page['contenu'], statut?: Page['statut']): Page => ({
  type: 'page',
  titre,
  description: 'Se connecter à Maillage.',
  fil: [{ texte: 'Accueil', href: '/' }, { texte: titre }],
  contenu,
  ...(statut === undefined ? {} : { statut }),
});

const retour = z.string().optional().transform(retourSur);
const secret = z.string().regex(/^[\w-]{43}$/, 'n’est pas un lien de connexion');

/** The field where an e-mail is typed. */
const adresseRequise = (manque: string) =>
  z
    .string({ error: manque })
    .trim()
    .min(1, manque)
    .max(254, 'Cette adresse est trop longue : vérifiez-la.')
    .regex(adresseComplete, adresseIncomplete)
    .transform(normaliserCourriel);

export const champCourriel = adresseRequise('Écrivez votre adresse électronique.');

/** The address of somebody else. */
export const champCourrielDeLaPersonne = adresseRequise('Écrivez l’adresse électronique de la personne.');

export const routes: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/connexion',
    access: { type: 'porte' },
    input: z.object({ retour, fait: z.enum(['deconnexion', 'deconnexion_locale']).optional() }),
    handler: async ({ input, identite, requete }) => {
      if (identite !== null) return { type: 'redirection', vers: input.retour ?? '/espace' };
      return page(
        'Se connecter',
        <PageConnexion
          retour={input.retour}
          fait={input.fait}
          demonstration={await requete.demonstration()}
          fournisseur={requete.config.oidc?.nom}
          erreurs={{}}
        />,
      );
    },
  }),
  defineActe({
    path: '/connexion',
    access: { type: 'porte' },
    input: z.object({}),
    champs: z.object({ courriel: champCourriel, retour }),
    limite: 'connexion',
    compte: ({ courriel }) => (typeof courriel === 'string' ? normaliserCourriel(courriel) : undefined),
    handler: async ({ formulaire, db, requete }) => {
      if (!formulaire.ok)
        return page(
          'Erreur : se connecter',
          <PageConnexion
            retour={retourSur(formulaire.saisie['retour'])}
            courriel={formulaire.saisie['courriel']}
            demonstration={await requete.demonstration()}
            fournisseur={requete.config.oidc?.nom}
            erreurs={formulaire.erreurs}
          />,
          400,
        );
      // Whether somebody is known must not be told by the time it takes either.
      const enough = sleep(dureeEgale);
      await demanderLien(db, { ...formulaire.valeurs, adresse: requete.adresse });
      await enough;
      return { type: 'redirection', vers: '/connexion/envoye' };
    },
  }),
  defineRoute({
    path: '/connexion/envoye',
    access: { type: 'porte' },
    input: z.object({}),
    handler: async ({ requete }) =>
      page(
        'Consultez votre messagerie',
        <PageLienEnvoye minutes={minutesDuLien} demonstration={await requete.demonstration()} />,
      ),
  }),
  defineRoute({
    path: '/connexion/lien/:secret',
    access: { type: 'porte' },
    input: z.object({ secret }),
    handler: async ({ input, db }) => {
      const examined = await examinerLien(db, input.secret);
      if (!examined.ok)
        return page('Lien de connexion périmé', <PageLienPerime message={examined.message} />, 410);
      const { prenom, nom } = examined.valeur;
      return page(
        'Confirmer la connexion',
        <PageConfirmation secret={input.secret} nom={`${prenom} ${nom}`} />,
      );
    },
  }),
  defineActe({
    path: '/connexion/lien/:secret',
    access: { type: 'porte' },
    input: z.object({ secret }),
    champs: z.object({}),
    limite: 'connexion',
    handler: async ({ input, db, requete, identite }) => {
      const entered = await entrerParLien(db, {
        secret: input.secret,
        appareil: appareilDe(requete.appareil),
        precedente: identite,
      });
      if (!entered.ok)
        return page('Lien de connexion périmé', <PageLienPerime message={entered.message} />, 410);
      const { retour: vers, ...session } = entered.valeur;
      return { type: 'redirection', vers: retourSur(vers) ?? '/espace', session };
    },
  }),
  defineActe({
    path: '/deconnexion',
    access: { type: 'porte' },
    input: z.object({}),
    champs: z.object({}),
    parActes: true,
    handler: async ({ db, requete, identite }) => {
      const { oidc } = requete.config;
      const here = (fait: string): Redirection => ({
        type: 'redirection',
        vers: `/connexion?fait=${fait}`,
        session: null,
      });
      if (identite === null) return here('deconnexion');
      const chiffre = await lireJetonIdentite(db, identite.session);
      await fermerSessions(db, identite, { seule: identite.session });
      const jetonIdentite = chiffre === null ? undefined : dechiffrer(cleDe(requete.config), chiffre);
      if (oidc === undefined || jetonIdentite === undefined) return here('deconnexion');
      // The provider keeps a session of its own: on a shared computer, the next person would enter by it.
      const vers = await adresseDeFin(oidc, {
        jetonIdentite,
        retour: `${requete.adresse}/deconnexion/retour`,
        etat: nouveauSecret(),
      });
      return vers === undefined ? here('deconnexion_locale') : { type: 'redirection', vers, session: null };
    },
  }),
];
