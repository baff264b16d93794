import { z } from 'zod';
import { cleDe } from '../../platform/cle.ts';
import type { ReglagesOidc } from '../../platform/config.ts';
import { minutesDuDepart } from '../../platform/http/entree.ts';
import { absent, type DeclaredRoute, defineActe, defineRoute, type Page } from '../../platform/http/route.ts';
import { appareilDe, retourSur } from '../../platform/http/securite.ts';
import type { Refus } from '../../platform/result.ts';
import { PageOidcRefus } from '../views/page-oidc.tsx';
import { demanderOidc, entrerParOidc, noterRefus, reprendreDemande } from './oidc.acts.ts';
import { adresseDeDepart, echanger, type RefusOidc } from './oidc.ts';

type Code = RefusOidc | 'perimee' | 'inconnu';
type Presentation = {
  readonly titre: string;
  readonly conseil: string;
  readonly statut: NonNullable<Page['statut']>;
  /** Another account may be the right one. */
  readonly autre?: boolean;
};

const plusTard =
  'Réessayez dans quelques minutes, ou connectez-vous par un lien envoyé à votre adresse électronique.';
const aQui =
  'Un compte s’ouvre sur invitation : demandez-la à la préfecture de votre département ou au gestionnaire de votre structure. Si vous avez un compte sous une autre adresse, connectez-vous avec elle.';

const presentations: Readonly<Record<Code, Presentation>> = {
  injoignable: { titre: 'Connexion impossible pour l’instant', conseil: plusTard, statut: 503 },
  renonce: {
    titre: 'Vous n’êtes pas connecté',
    conseil: 'Rien n’a été fait. Vous pouvez recommencer quand vous voulez.',
    statut: 403,
  },
  erreur: { titre: 'La connexion n’a pas abouti', conseil: plusTard, statut: 400 },
  invalide: { titre: 'La connexion n’a pas abouti', conseil: plusTard, statut: 400 },
  acr: {
    titre: 'Cette identité ne suffit pas',
    conseil: 'Connectez-vous avec un compte d’un niveau plus élevé, ou par un lien envoyé à votre adresse.',
    statut: 403,
    autre: true,
  },
  courriel: {
    titre: 'Votre adresse n’est pas vérifiée',
    conseil:
      'Faites vérifier votre adresse auprès de votre fournisseur d’identité, ou connectez-vous par un lien envoyé à cette adresse.',
    statut: 403,
    autre: true,
  },
  perimee: {
    titre: 'Cette demande de connexion ne sert plus',
    conseil: 'Recommencez depuis la page de connexion.',
    statut: 410,
  },
  inconnu: { titre: 'Vous n’avez pas de compte Maillage', conseil: aQui, statut: 403, autre: true },
};

const pageRefus = (
  { refus, message }: Refus<Code>,
  oidc: ReglagesOidc,
  retour: string | null | undefined,
): Page => {
  const { titre, conseil, statut, autre = false } = presentations[refus];
  return {
    type: 'page',
    titre,
    description: 'Se connecter à Maillage.',
    fil: [{ texte: 'Accueil', href: '/' }, { texte: 'Se connecter', href: '/connexion' }, { texte: titre }],
    contenu: (
      <PageOidcRefus
        titre={titre}
        message={message}
        conseil={conseil}
        fournisseur={oidc.nom}
        retour={retourSur(retour)}
        autre={autre}
      />
    ),
    statut,
    depart: null,
  };
};

const chemin = '/connexion/oidc/retour';

export const routes: readonly DeclaredRoute[] = [
  defineActe({
    path: '/connexion/oidc',
    access: { type: 'porte' },
    input: z.object({}),
    champs: z.object({
      retour: z.string().optional().transform(retourSur),
      autre: z.literal('oui').optional(),
    }),
    parActes: true,
    handler: async ({ db, requete, formulaire }) => {
      const { oidc } = requete.config;
      if (oidc === undefined || !formulaire.ok) return absent;
      const { retour, autre } = formulaire.valeurs;
      const depart = await demanderOidc(db, { retour, minutes: minutesDuDepart });
      const vers = await adresseDeDepart(oidc, depart, {
        retour: `${requete.adresse}${chemin}`,
        autre: autre === 'oui',
      });
      if (!vers.ok) return pageRefus(vers, oidc, retour);
      return { type: 'redirection', vers: vers.valeur, depart: depart.etat };
    },
  }),
  defineRoute({
    path: chemin,
    access: { type: 'porte' },
    input: z.object({
      state: z.string().optional(),
      code: z.string().optional(),
      error: z.string().optional(),
      error_description: z.string().optional(),
      iss: z.string().optional(),
    }),
    limite: 'formulaire',
    parActes: true,
    handler: async ({ input, db, requete, identite }) => {
      const { oidc } = requete.config;
      if (oidc === undefined) return absent;
      const demande = await reprendreDemande(db, { etat: input.state, depart: requete.depart });
      if (!demande.ok) return pageRefus(demande, oidc, undefined);
      const { retour } = demande.valeur;
      const adresse = new URL(`${requete.adresse}${chemin}`);
      adresse.search = requete.parametres.toString();
      const reponse = await echanger(oidc, demande.valeur, adresse);
      if (!reponse.ok) {
        await noterRefus(db, oidc.emetteur, reponse.refus, reponse.cause);
        return pageRefus(reponse, oidc, retour);
      }
      const entered = await entrerParOidc(db, reponse.valeur, {
        nom: oidc.nom,
        cle: cleDe(requete.config),
        appareil: appareilDe(requete.appareil),
        precedente: identite,
      });
      if (!entered.ok) return pageRefus(entered, oidc, retour);
      return {
        type: 'redirection',
        vers: retourSur(retour) ?? '/espace',
        session: entered.valeur,
        depart: null,
      };
    },
  }),
  defineRoute({
    path: '/deconnexion/retour',
    access: { type: 'porte' },
    input: z.object({ state: z.string().optional() }),
    handler: async () => ({ type: 'redirection', vers: '/connexion?fait=deconnexion' }),
  }),
];
