import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type DeclaredRoute, defineActe, defineRoute, type Page } from '../../platform/http/route.ts';
import { lireIdentifiant, nomRecherche } from '../../structures/index.ts';
import { texteRequis } from '../formulaires.ts';
import { normaliserCourriel } from '../rules.ts';
import {
  PageConfirmerOuverture,
  PageOuvertureEnvoyee,
  PageOuvertureFaite,
  PageOuvrirCompte,
} from '../views/page-ouverture.tsx';
import { champCourriel } from './connexion.routes.tsx';
import { confirmerOuverture, demanderOuverture, lireLienDOuverture } from './ouverture.acts.ts';
import { proposerCommunes, trouverCommunes } from './ouverture.store.ts';

const access = { type: 'porte' } as const;
const secret = z.string().regex(/^[\w-]{43}$/, 'n’est pas un lien de compte');

/** Milliseconds that a demand lasts, whatever is known of its address. */
const dureeEgale = 250;

const page = (titre: string, contenu: Page['contenu'], statut: 200 | 400 | 410 = 200): Page => ({
  type: 'page',
  titre: statut === 400 ? `Erreur : ${titre}` : titre,
  description: 'Ouvrir un compte pour candidater à l’accueil de conseillers numériques.',
  fil: [{ texte: 'Accueil', href: '/' }, { texte: 'Ouvrir un compte' }],
  contenu,
  statut,
});

const champIdentifiant = z
  .string({ error: 'Écrivez le SIRET de la structure.' })
  .transform((texte, contexte) => {
    const lu = lireIdentifiant(texte);
    if (lu.ok) return lu.valeur;
    contexte.addIssue(lu.message);
    return z.NEVER;
  });

export const routes: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/candidater/compte',
    access,
    input: z.object({}),
    handler: async () =>
      page('Ouvrir un compte pour candidater', <PageOuvrirCompte valeurs={{}} erreurs={{}} communes={[]} />),
  }),
  defineActe({
    path: '/candidater/compte',
    access,
    limite: 'connexion',
    compte: ({ courriel }) => (typeof courriel === 'string' ? normaliserCourriel(courriel) : undefined),
    input: z.object({}),
    champs: z.object({
      prenom: texteRequis('Écrivez votre prénom.'),
      nom: texteRequis('Écrivez votre nom.'),
      courriel: champCourriel,
      identifiant: champIdentifiant,
      raison_sociale: texteRequis('Écrivez le nom officiel de la structure.', 200).refine(
        (nom) => nomRecherche(nom) !== '',
        'Écrivez le nom officiel de la structure, avec des lettres.',
      ),
      commune: texteRequis('Écrivez la commune du siège.', 100),
      commune_choix: z.string().default(''),
    }),
    handler: async ({ db, requete, formulaire }) => {
      const { saisie } = formulaire;
      const ecrit = (saisie['commune'] ?? '').slice(0, 100);
      const trouvees = await trouverCommunes(db, ecrit);
      const proposees = trouvees.length > 0 ? trouvees : await proposerCommunes(db, ecrit);
      const choisie =
        trouvees.length === 1 ? trouvees[0] : proposees.find(({ code }) => code === saisie['commune_choix']);
      const erreurs = {
        ...(formulaire.ok ? {} : formulaire.erreurs),
        ...((saisie['commune'] ?? '').trim() !== '' && choisie === undefined
          ? {
              commune:
                proposees.length === 0
                  ? 'Cette commune est introuvable\u00a0: vérifiez son nom ou son code postal.'
                  : trouvees.length === 0
                    ? 'Choisissez la commune dans la liste.'
                    : 'Plusieurs communes portent ce nom\u00a0: choisissez la vôtre dans la liste.',
            }
          : {}),
      };
      if (!formulaire.ok || choisie === undefined)
        return page(
          'Ouvrir un compte pour candidater',
          <PageOuvrirCompte
            valeurs={saisie}
            erreurs={erreurs}
            communes={trouvees.length === 1 ? [] : proposees}
          />,
          400,
        );
      // What is known of an address must not be told by the time it takes.
      const enough = sleep(dureeEgale);
      const { prenom, nom, courriel, identifiant, raison_sociale: raisonSociale } = formulaire.valeurs;
      await demanderOuverture(db, {
        prenom,
        nom,
        courriel,
        raisonSociale,
        genre: identifiant.genre,
        identifiant: identifiant.identifiant,
        commune: choisie.code,
        adresse: requete.adresse,
      });
      await enough;
      return { type: 'redirection', vers: '/candidater/compte/envoye' };
    },
  }),
  defineRoute({
    path: '/candidater/compte/envoye',
    access,
    input: z.object({}),
    handler: async ({ requete }) =>
      page(
        'Consultez votre messagerie',
        <PageOuvertureEnvoyee demonstration={await requete.demonstration()} />,
      ),
  }),
  defineRoute({
    path: '/candidater/compte/:secret',
    access,
    input: z.object({ secret }),
    handler: async ({ input, db }) => {
      const demande = await lireLienDOuverture(db, input.secret);
      if (demande === undefined) return pagePerimee();
      return page(
        'Confirmer votre adresse',
        <PageConfirmerOuverture
          nom={`${demande.prenom} ${demande.nom}`}
          structure={demande.raisonSociale}
          secret={input.secret}
        />,
      );
    },
  }),
  defineActe({
    path: '/candidater/compte/:secret',
    access,
    limite: 'connexion',
    input: z.object({ secret }),
    champs: z.object({}),
    handler: async ({ input, db }) => {
      const ouverte = await confirmerOuverture(db, input.secret);
      if (ouverte.ok)
        return page(
          'Votre compte est ouvert',
          <PageOuvertureFaite
            titre="Votre compte est ouvert"
            message="Connectez-vous avec votre adresse électronique pour commencer la candidature."
            liens={[{ texte: 'Me connecter', href: '/connexion?retour=%2Fcandidatures' }]}
          />,
        );
      if (ouverte.refus === 'lien') return pagePerimee();
      return page(
        'Le compte n’est pas ouvert',
        <PageOuvertureFaite
          titre="Le compte n’est pas ouvert"
          message={ouverte.message}
          liens={[
            { texte: 'Demander l’accès de la structure', href: '/revendication' },
            { texte: 'Me connecter', href: '/connexion' },
          ]}
        />,
        410,
      );
    },
  }),
];

function pagePerimee(): Page {
  return page(
    'Lien périmé',
    <PageOuvertureFaite
      titre="Ce lien ne sert plus"
      message="Il a expiré : refaites la demande."
      liens={[{ texte: 'Refaire la demande', href: '/candidater/compte' }]}
    />,
    410,
  );
}
