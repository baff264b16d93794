import { z } from 'zod';
import { pagePrivee } from '../../platform/http/page-privee.ts';
import { type DeclaredRoute, defineActe, defineRoute, type Page } from '../../platform/http/route.ts';
import type { ErreursFormulaire } from '../../platform/views/champs.tsx';
import { champCourriel } from '../connexion/connexion.routes.tsx';
import { PageAvis, PageChangerCourriel, PageConfirmerCourriel } from '../views/page-courriel.tsx';
import { confirmerNouvelleAdresse, demanderCourriel, lireLienDeCourriel } from './courriel.acts.ts';

const secret = z.string().regex(/^[\w-]{43}$/, 'n’est pas un lien de confirmation');

const page = (titre: string, contenu: Page['contenu'], statut: 200 | 400 | 410 = 200): Page =>
  pagePrivee(titre, [{ texte: 'Mon compte', href: '/compte' }, { texte: titre }], contenu, {
    description: 'Changer l’adresse électronique de mon compte.',
    statut,
  });

const titre = 'Changer d’adresse électronique';

/** After the second factor, where there is one: whoever moves the address holds the account. */
const access = { type: 'connecte', acces: true } as const;

export const routes: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/compte/courriel',
    access,
    input: z.object({}),
    handler: async ({ identite }) =>
      page(
        titre,
        <PageChangerCourriel actuel={identite.personne.courriel} valeur={undefined} erreurs={{}} />,
      ),
  }),
  defineActe({
    path: '/compte/courriel',
    access,
    limite: 'connexion',
    input: z.object({}),
    champs: z.object({ courriel: champCourriel }),
    handler: async ({ acces, identite, requete, formulaire }) => {
      const revoir = (erreurs: ErreursFormulaire) =>
        page(
          `Erreur : ${titre.toLowerCase()}`,
          <PageChangerCourriel
            actuel={identite.personne.courriel}
            valeur={formulaire.saisie['courriel']}
            erreurs={erreurs}
          />,
          400,
        );
      if (!formulaire.ok) return revoir(formulaire.erreurs);
      const asked = await demanderCourriel(acces, identite, {
        ...formulaire.valeurs,
        adresse: requete.adresse,
      });
      if (!asked.ok) return revoir({ courriel: asked.message });
      return { type: 'redirection', vers: '/compte/courriel/envoye' };
    },
  }),
  defineRoute({
    path: '/compte/courriel/envoye',
    access,
    input: z.object({}),
    handler: async () =>
      page(
        'Consultez votre messagerie',
        <PageAvis
          titre="Consultez votre nouvelle messagerie"
          message="Un courriel vient de partir à la nouvelle adresse. Ouvrez son lien et confirmez ; d’ici là, rien ne change."
          lien={{ texte: 'Mon compte', href: '/compte' }}
        />,
      ),
  }),
  defineRoute({
    path: '/compte/courriel/:secret',
    access: { type: 'porte' },
    input: z.object({ secret }),
    handler: async ({ input, db }) => {
      const read = await lireLienDeCourriel(db, input.secret);
      if (!read.ok)
        return page(
          'Lien périmé',
          <PageAvis
            titre="Ce lien ne sert plus"
            message={read.message}
            lien={{ texte: 'Mon compte', href: '/compte' }}
          />,
          410,
        );
      const { prenom, nom, courriel } = read.valeur;
      return page(
        'Confirmer votre nouvelle adresse',
        <PageConfirmerCourriel nom={`${prenom} ${nom}`} courriel={courriel} secret={input.secret} />,
      );
    },
  }),
  defineActe({
    path: '/compte/courriel/:secret',
    access: { type: 'porte' },
    limite: 'connexion',
    input: z.object({ secret }),
    champs: z.object({}),
    handler: async ({ input, db, requete }) => {
      const done = await confirmerNouvelleAdresse(db, { secret: input.secret, adresse: requete.adresse });
      return done.ok
        ? page(
            'Adresse changée',
            <PageAvis
              titre="Votre adresse est changée"
              message="Connectez-vous désormais avec cette adresse. L’ancienne est prévenue."
              lien={{ texte: 'Mon espace', href: '/espace' }}
            />,
          )
        : page(
            'Lien périmé',
            <PageAvis
              titre="L’adresse n’est pas changée"
              message={done.message}
              lien={{ texte: 'Mon compte', href: '/compte' }}
            />,
            410,
          );
    },
  }),
];
