import type { VNode } from 'preact';
import { z } from 'zod';
import { cleDe } from '../../platform/cle.ts';
import type { Database } from '../../platform/database/index.ts';
import type { Identite } from '../../platform/http/identite.ts';
import {
  absent,
  type DeclaredRoute,
  defineActe,
  defineRoute,
  type Page,
  type Requete,
} from '../../platform/http/route.ts';
import { retourSur } from '../../platform/http/securite.ts';
import type { ErreursFormulaire } from '../../platform/views/champs.tsx';
import { demandeSecondFacteur } from '../rules.ts';
import { dechiffrer } from '../secrets.ts';
import {
  type EtatAffiche,
  PageCodes,
  PageDemandeSecondFacteur,
  PageRetirer,
  PageSecondFacteur,
} from '../views/page-second-facteur.tsx';
import {
  commencerSecondFacteur,
  confirmerSecondFacteur,
  donnerSecondFacteur,
  renouvelerCodes,
  retirerSonSecondFacteur,
} from './second-facteur.acts.ts';
import { lireSecondFacteur } from './second-facteur.store.ts';
import { adresseTotp, dessinerQr } from './totp.ts';

// Each act here asks for a proof itself, or begins where none is installed.
const access = { type: 'compte', avantSecondFacteur: true } as const;
const retour = z.string().optional().transform(retourSur);
const code = z
  .string({ error: 'Écrivez un code.' })
  .trim()
  .min(1, 'Écrivez un code.')
  .max(40, 'Ce code est trop long : vérifiez-le.');
const champs = z.object({ code, retour });

const compte = { texte: 'Mon compte', href: '/compte' };
const ici = { texte: 'Mon second facteur', href: '/compte/second-facteur' };

const page = (
  titre: string,
  fil: Page['fil'],
  contenu: VNode,
  statut: NonNullable<Page['statut']> = 200,
): Page => ({
  type: 'page',
  titre: statut >= 400 ? `Erreur : ${titre.charAt(0).toLowerCase()}${titre.slice(1)}` : titre,
  description: 'Une seconde preuve, en plus de la connexion.',
  fil: [...fil, { texte: titre }],
  contenu,
  statut,
});

const enErreur = (message: string): ErreursFormulaire => ({ code: message });

/** What the page shows of the second factor of whoever asks. */
const etatDe = async (db: Database, identite: Identite, requete: Requete): Promise<EtatAffiche> => {
  const kept = await lireSecondFacteur(db, identite.personne.id);
  if (kept === undefined) return { type: 'absent' };
  if (kept.confirmeLe !== null)
    return { type: 'installe', depuis: kept.confirmeLe, codesRestants: kept.codesRestants };
  const secret = dechiffrer(cleDe(requete.config), kept.secret);
  // Kept under another key: it never served, another will do.
  if (secret === undefined) return { type: 'absent' };
  return {
    type: 'a_confirmer',
    secret,
    qr: dessinerQr(adresseTotp(secret, identite.personne.courriel)),
  };
};

type Contexte = { readonly db: Database; readonly identite: Identite; readonly requete: Requete };

const pageSecondFacteur = async (
  { db, identite, requete }: Contexte,
  vers: string | undefined,
  erreurs: ErreursFormulaire = {},
  fait?: 'retire',
): Promise<Page> =>
  page(
    'Mon second facteur',
    [compte],
    <PageSecondFacteur
      etat={await etatDe(db, identite, requete)}
      courriel={identite.personne.courriel}
      exige={demandeSecondFacteur(identite.habilitation?.role)}
      // A role that wants one is asked for none in a session of the demonstration alone.
      dispense={demandeSecondFacteur(identite.habilitation?.role) && identite.secondFacteur === 'sans_objet'}
      retour={vers}
      fait={fait}
      erreurs={erreurs}
    />,
    Object.keys(erreurs).length > 0 ? 400 : 200,
  );

const pageDemande = (vers: string | undefined, erreurs: ErreursFormulaire = {}): Page =>
  page(
    'Second facteur',
    [{ texte: 'Accueil', href: '/' }],
    <PageDemandeSecondFacteur retour={vers} erreurs={erreurs} />,
    Object.keys(erreurs).length > 0 ? 400 : 200,
  );

const pageCodes = (
  identite: Identite,
  { codes, session }: { readonly codes: readonly string[]; readonly session: NonNullable<Page['session']> },
  suite: string,
  installe = false,
): Page => ({
  ...page(
    'Vos codes de secours',
    [compte, ici],
    <PageCodes codes={codes} courriel={identite.personne.courriel} suite={suite} installe={installe} />,
  ),
  session,
});

const pageRetirer = (identite: Identite, erreurs: ErreursFormulaire = {}): Page =>
  page(
    'Retirer mon second facteur',
    [compte, ici],
    <PageRetirer exige={demandeSecondFacteur(identite.habilitation?.role)} erreurs={erreurs} />,
    Object.keys(erreurs).length > 0 ? 400 : 200,
  );

const avecRetour = (chemin: string, vers: string | undefined): string =>
  vers === undefined ? chemin : `${chemin}?retour=${encodeURIComponent(vers)}`;

/** A wrong code is counted though the page says no: these acts open their own transactions. */
const preuve = { access, input: z.object({}), champs, limite: 'connexion', parActes: true } as const;

export const routes: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/connexion/second-facteur',
    access,
    input: z.object({ retour }),
    handler: async ({ input, identite }) => {
      if (identite.secondFacteur === 'a_installer')
        return { type: 'redirection', vers: avecRetour('/compte/second-facteur', input.retour) };
      if (identite.secondFacteur !== 'a_faire')
        return { type: 'redirection', vers: input.retour ?? '/espace' };
      return pageDemande(input.retour);
    },
  }),
  defineActe({
    path: '/connexion/second-facteur',
    ...preuve,
    handler: async ({ db, identite, requete, formulaire }) => {
      if (!formulaire.ok) return pageDemande(retourSur(formulaire.saisie['retour']), formulaire.erreurs);
      const { code: saisie, retour: vers } = formulaire.valeurs;
      const given = await donnerSecondFacteur(db, identite, { saisie, cle: cleDe(requete.config) });
      if (!given.ok) return pageDemande(vers, enErreur(given.message));
      return { type: 'redirection', vers: vers ?? '/espace', session: given.valeur };
    },
  }),
  defineRoute({
    path: '/compte/second-facteur',
    access,
    input: z.object({ retour, fait: z.enum(['retire']).optional() }),
    handler: ({ input, db, identite, requete }) =>
      pageSecondFacteur({ db, identite, requete }, input.retour, {}, input.fait),
  }),
  defineActe({
    path: '/compte/second-facteur',
    access,
    input: z.object({}),
    champs: z.object({ retour }),
    handler: async ({ db, identite, requete, formulaire }) => {
      if (!formulaire.ok) return absent;
      const begun = await commencerSecondFacteur(db, identite, cleDe(requete.config));
      return {
        type: 'redirection',
        vers: avecRetour('/compte/second-facteur', begun.ok ? formulaire.valeurs.retour : undefined),
      };
    },
  }),
  defineActe({
    path: '/compte/second-facteur/confirmer',
    ...preuve,
    handler: async ({ db, identite, requete, formulaire }) => {
      const contexte = { db, identite, requete };
      if (!formulaire.ok)
        return pageSecondFacteur(contexte, retourSur(formulaire.saisie['retour']), formulaire.erreurs);
      const { code: saisie, retour: vers } = formulaire.valeurs;
      const installed = await confirmerSecondFacteur(db, identite, { saisie, cle: cleDe(requete.config) });
      if (!installed.ok) return pageSecondFacteur(contexte, vers, enErreur(installed.message));
      return pageCodes(identite, installed.valeur, vers ?? '/compte/second-facteur', true);
    },
  }),
  defineActe({
    path: '/compte/second-facteur/codes',
    ...preuve,
    handler: async ({ db, identite, requete, formulaire }) => {
      const contexte = { db, identite, requete };
      if (!formulaire.ok) return pageSecondFacteur(contexte, undefined, formulaire.erreurs);
      const { code: saisie } = formulaire.valeurs;
      const renewed = await renouvelerCodes(db, identite, { saisie, cle: cleDe(requete.config) });
      if (!renewed.ok) return pageSecondFacteur(contexte, undefined, enErreur(renewed.message));
      return pageCodes(identite, renewed.valeur, '/compte/second-facteur');
    },
  }),
  defineRoute({
    path: '/compte/second-facteur/retirer',
    access,
    input: z.object({}),
    handler: async ({ db, identite }) =>
      (await lireSecondFacteur(db, identite.personne.id))?.confirmeLe ? pageRetirer(identite) : absent,
  }),
  defineActe({
    path: '/compte/second-facteur/retirer',
    ...preuve,
    handler: async ({ db, identite, requete, formulaire }) => {
      if (!formulaire.ok) return pageRetirer(identite, formulaire.erreurs);
      const { code: saisie } = formulaire.valeurs;
      const removed = await retirerSonSecondFacteur(db, identite, { saisie, cle: cleDe(requete.config) });
      if (!removed.ok) return pageRetirer(identite, enErreur(removed.message));
      return { type: 'redirection', vers: '/compte/second-facteur?fait=retire', session: removed.valeur };
    },
  }),
];
