import { z } from 'zod';
import { systemClock } from '../../platform/clock.ts';
import { lirePageDeJournal } from '../../platform/historique.ts';
import { acteurDe } from '../../platform/http/identite.ts';
import { absent, type DeclaredRoute, defineActe, defineRoute, type Page } from '../../platform/http/route.ts';
import { registre } from '../../platform/registre.ts';
import {
  PageCompteEfface,
  PageEffacement,
  PageHistoriqueDuCompte,
  PageMesDonnees,
} from '../views/page-donnees.tsx';
import { exporterMesDonnees } from './donnees-personnelles.acts.ts';
import { ecrireExport, numerosDe } from './donnees-personnelles.rules.ts';
import { nommer } from './donnees-personnelles.store.ts';
import { demanderEffacement } from './effacement.acts.ts';

const compte = { texte: 'Mon compte', href: '/compte' };
const donnees = { texte: 'Mes données', href: '/compte/donnees' };

/** What an erasure leaves, and why, in the words of the register. */
const restes = registre.flatMap(({ titre, tables }) =>
  tables.flatMap(({ effacement, liens }) =>
    // A table that says of nobody whom a row concerns leaves nothing of anybody.
    effacement.mode === 'garder' && liens.length > 0 ? [{ titre, pourquoi: effacement.pourquoi }] : [],
  ),
);

const pageEffacement = (erreurs: Readonly<Record<string, string>>, saisie?: string): Page => ({
  type: 'page',
  titre: Object.keys(erreurs).length > 0 ? 'Erreur : effacer mes données' : 'Effacer mes données',
  description: 'Fermer mon compte et effacer ce qu’il contient.',
  fil: [compte, donnees, { texte: 'Effacer' }],
  contenu: <PageEffacement restes={restes} erreurs={erreurs} saisie={saisie} />,
  ...(Object.keys(erreurs).length > 0 ? { statut: 400 as const } : {}),
});

const formats = {
  json: { mime: 'application/json; charset=utf-8', nom: 'mes-donnees.json' },
  texte: { mime: 'text/plain; charset=utf-8', nom: 'mes-donnees.txt' },
} as const;

/** A line of the journal after which a page goes on. */
const avant = z.coerce.number({ error: 'attend un numéro de ligne' }).int('attend un numéro entier').min(1);

export const routes: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/compte/historique',
    access: { type: 'connecte' },
    input: z.object({ avant: avant.optional() }),
    handler: async ({ input, db, identite, requete }) => {
      const { evenements, suite } = await lirePageDeJournal(db, requete.phrases, {
        objetType: 'personne',
        objetId: identite.personne.id,
        ...(input.avant === undefined ? {} : { avant: input.avant }),
      });
      return {
        type: 'page',
        titre: 'Ce qui a été fait sur mon compte',
        description: 'Les actes qui ont touché mon compte.',
        fil: [compte, { texte: 'Historique' }],
        contenu: (
          <PageHistoriqueDuCompte
            evenements={evenements}
            suite={suite === undefined ? undefined : `/compte/historique?avant=${suite}`}
            debut={input.avant === undefined ? undefined : '/compte/historique'}
          />
        ),
      };
    },
  }),
  defineRoute({
    path: '/compte/donnees',
    access: { type: 'connecte' },
    input: z.object({}),
    handler: async () => ({
      type: 'page',
      titre: 'Mes données',
      description: 'Télécharger ce que Maillage sait de moi, ou demander son effacement.',
      fil: [compte, { texte: 'Mes données' }],
      contenu: <PageMesDonnees />,
    }),
  }),
  // Sent, not followed: nobody is led to take away their own data by a link.
  defineActe({
    path: '/compte/donnees/telecharger',
    access: { type: 'connecte', acces: true },
    limite: 'export',
    input: z.object({}),
    champs: z.object({ format: z.enum(['json', 'texte']) }),
    handler: async ({ db, acces, identite, formulaire, requete }) => {
      if (!formulaire.ok) return absent;
      const exported = await exporterMesDonnees({ db, acces }, acteurDe(identite), {
        personne: identite.personne.id,
        maintenant: systemClock().toString(),
        // The acting role last: the request goes on in it.
        roles: [
          ...identite.habilitations.filter(({ id }) => id !== identite.habilitation?.id),
          ...(identite.habilitation === null ? [] : [identite.habilitation]),
        ].map(({ id }) => id),
      });
      if (!exported.ok) return absent;
      const { format } = formulaire.valeurs;
      return {
        type: 'fichier',
        ...formats[format],
        corps:
          format === 'json'
            ? JSON.stringify(exported.valeur, null, 2)
            : ecrireExport(exported.valeur, {
                noms: await nommer(db, numerosDe(exported.valeur)),
                phrases: requete.phrases,
              }),
      };
    },
  }),
  defineRoute({
    path: '/compte/donnees/effacer',
    access: { type: 'connecte' },
    input: z.object({}),
    handler: async () => pageEffacement({}),
  }),
  defineActe({
    path: '/compte/donnees/effacer',
    access: { type: 'connecte' },
    input: z.object({}),
    champs: z.object({
      confirmation: z
        .string({ error: 'Écrivez EFFACER pour confirmer.' })
        .trim()
        .regex(/^effacer$/i, 'Écrivez EFFACER pour confirmer.'),
    }),
    handler: async ({ db, identite, formulaire }) => {
      const saisie = formulaire.saisie['confirmation'];
      if (!formulaire.ok) return pageEffacement(formulaire.erreurs, saisie);
      const done = await demanderEffacement(db, acteurDe(identite), { personne: identite.personne.id });
      if (!done.ok) return pageEffacement({ confirmation: done.message }, saisie);
      return { type: 'redirection', vers: '/compte-efface', session: null };
    },
  }),
  defineRoute({
    path: '/compte-efface',
    access: { type: 'porte' },
    input: z.object({}),
    handler: async () => ({
      type: 'page',
      titre: 'Votre compte est fermé',
      description: 'Votre compte est fermé et vos données s’effacent.',
      fil: [{ texte: 'Accueil', href: '/' }, { texte: 'Compte fermé' }],
      contenu: <PageCompteEfface />,
    }),
  }),
];
