import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { cleDe } from '../../platform/cle.ts';
import type { Database } from '../../platform/database/index.ts';
import { fontsFolder } from '../../platform/fonts.ts';
import { acteurDe } from '../../platform/http/identite.ts';
import { absent, type DeclaredRoute, defineActe, defineRoute, type Page } from '../../platform/http/route.ts';
import { lirePage, parPage, routesDeFichiers, schemaDeDemande } from '../../platform/listes/index.ts';
import type { ErreursFormulaire } from '../../platform/views/champs.tsx';
import { champCourriel } from '../connexion/connexion.routes.tsx';
import { champMotif, champVersion, identifiant, texteRequis } from '../formulaires.ts';
import { listeRevendications } from '../roles/personnes.listes.ts';
import { departementsDeFiltre, pageDeGestion } from '../roles/personnes.routes.tsx';
import { lireJour } from '../roles/personnes.store.ts';
import { normaliserCourriel } from '../rules.ts';
import type { Valeurs } from '../views/champs-role.tsx';
import {
  PageChercherStructure,
  PageDemandeEnvoyee,
  PageLienDeDemandePerime,
  PageSePresenter,
  PageSuivre,
} from '../views/page-revendication.tsx';
import {
  type FaitDeRevendication,
  faitsDeRevendication,
  PageDetailRevendication,
  PageRevendications,
} from '../views/page-revendications.tsx';
import { lettrePdf } from './formats/lettre.ts';
import {
  confirmerCourriel,
  confirmerRevendication,
  demanderAcces,
  editerCourrier,
  lireLienDeRevendication,
  refuserRevendication,
  saisirCode,
} from './revendications.acts.ts';
import {
  chercherStructuresAnnoncees,
  compterGestionnaires,
  getRevendication,
  getStructureAnnoncee,
  structuresTrouvees,
} from './revendications.store.ts';

const porte = { type: 'porte' } as const;
const traitement = ['administrateur', 'instructeur'] as const;
const access = { type: 'role', roles: traitement } as const;
const secret = z.string().regex(/^[\w-]{43}$/, 'n’est pas un lien de demande');
const fil = { texte: 'Demandes d’accès', href: '/revendications' };

/** Milliseconds that a demand lasts, whatever is known of its address. */
const dureeEgale = 250;

const page = (titre: string, contenu: Page['contenu'], statut: 200 | 400 | 410 = 200): Page => ({
  type: 'page',
  titre,
  description: 'Demander l’accès d’une structure à Maillage.',
  fil: [
    { texte: 'Accueil', href: '/' },
    { texte: 'Se connecter', href: '/connexion' },
    { texte: 'Demander l’accès d’une structure' },
  ],
  contenu,
  statut,
});

const montrer = async (
  db: Database,
  id: string,
  etat: {
    readonly fait?: FaitDeRevendication | undefined;
    readonly erreur?: string;
    readonly valeurs?: Valeurs;
    readonly erreurs?: ErreursFormulaire;
  } = {},
) => {
  const revendication = await getRevendication(db, id);
  if (revendication === undefined) return absent;
  const { fait, erreur, valeurs = {}, erreurs = {} } = etat;
  const refuse = Object.keys(erreurs).length > 0;
  const titre = `Demande d’accès : ${revendication.structureNom}`;
  return pageDeGestion(
    refuse ? `Erreur : ${titre}` : titre,
    [fil, { texte: revendication.structureNom }],
    <PageDetailRevendication
      revendication={revendication}
      gestionnaires={await compterGestionnaires(db, revendication.structure)}
      fait={fait}
      erreur={erreur}
      valeurs={valeurs}
      erreurs={erreurs}
    />,
    refuse ? 400 : erreur === undefined ? 200 : 409,
  );
};

export const routes: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/revendication',
    access: porte,
    limite: 'recherche',
    input: z.object({
      q: z.string().trim().max(100, 'attend 100 caractères au plus').optional(),
      structure: identifiant.optional(),
      // Tells a search left empty from a first visit.
      chercher: z.literal('oui').optional(),
    }),
    handler: async ({ input, db }) => {
      if (input.structure !== undefined) {
        const structure = await getStructureAnnoncee(db, input.structure);
        if (structure === undefined) return absent;
        return page(
          `Demander l’accès : ${structure.nom}`,
          <PageSePresenter
            structure={structure}
            geree={(await compterGestionnaires(db, structure.id)) > 0}
            valeurs={{}}
            erreurs={{}}
          />,
        );
      }
      const vide = input.q === undefined && input.chercher !== undefined;
      return page(
        vide ? 'Erreur : demander l’accès d’une structure' : 'Demander l’accès d’une structure',
        <PageChercherStructure
          texte={input.q}
          trouvees={
            input.q === undefined || vide ? undefined : await chercherStructuresAnnoncees(db, input.q)
          }
          limite={structuresTrouvees}
          erreurs={vide ? { q: 'Écrivez le numéro, le nom ou la commune de la structure.' } : {}}
        />,
      );
    },
  }),
  defineActe({
    path: '/revendication',
    access: porte,
    limite: 'connexion',
    compte: ({ courriel }) => (typeof courriel === 'string' ? normaliserCourriel(courriel) : undefined),
    input: z.object({}),
    champs: z.object({
      structure: z.uuid(),
      courriel: champCourriel,
      prenom: texteRequis('Écrivez votre prénom.'),
      nom: texteRequis('Écrivez votre nom.'),
      fonction: texteRequis('Écrivez votre fonction dans la structure.'),
    }),
    handler: async ({ db, requete, formulaire }) => {
      const id = z.uuid().safeParse(formulaire.saisie['structure']).data;
      const structure = id === undefined ? undefined : await getStructureAnnoncee(db, id);
      if (structure === undefined) return absent;
      if (!formulaire.ok)
        return page(
          'Erreur : demander l’accès d’une structure',
          <PageSePresenter
            structure={structure}
            geree={(await compterGestionnaires(db, structure.id)) > 0}
            valeurs={formulaire.saisie}
            erreurs={formulaire.erreurs}
          />,
          400,
        );
      // What is known of an address must not be told by the time it takes either.
      const enough = sleep(dureeEgale);
      const asked = await demanderAcces(db, { ...formulaire.valeurs, adresse: requete.adresse });
      await enough;
      return asked.ok ? { type: 'redirection', vers: '/revendication/envoyee' } : absent;
    },
  }),
  defineRoute({
    path: '/revendication/envoyee',
    access: porte,
    input: z.object({}),
    handler: async ({ requete }) =>
      page(
        'Consultez votre messagerie',
        <PageDemandeEnvoyee demonstration={await requete.demonstration()} />,
      ),
  }),
  defineRoute({
    path: '/revendication/:secret',
    access: porte,
    input: z.object({ secret, erreur: z.enum(['code', 'forme']).optional() }),
    handler: async ({ input, db }) => {
      const revendication = await lireLienDeRevendication(db, input.secret);
      if (revendication === undefined) return page('Lien périmé', <PageLienDeDemandePerime />, 410);
      const messages = {
        code: 'Ce code n’est pas le bon. Relisez le courrier.',
        forme: 'Le code a 8 signes, lettres et chiffres, par exemple ABCD-2345.',
      };
      const erreurs: ErreursFormulaire = input.erreur === undefined ? {} : { code: messages[input.erreur] };
      return page(
        `${input.erreur === undefined ? 'Votre' : 'Erreur : votre'} demande, ${revendication.structureNom}`,
        <PageSuivre revendication={revendication} secret={input.secret} erreurs={erreurs} />,
      );
    },
  }),
  defineActe({
    path: '/revendication/:secret/confirmer',
    access: porte,
    limite: 'connexion',
    input: z.object({ secret }),
    champs: z.object({}),
    handler: async ({ input, db, requete }) => {
      const done = await confirmerCourriel(db, { secret: input.secret, adresse: requete.adresse });
      if (!done.ok) return page('Lien périmé', <PageLienDeDemandePerime />, 410);
      return { type: 'redirection', vers: `/revendication/${input.secret}` };
    },
  }),
  defineActe({
    path: '/revendication/:secret/code',
    access: porte,
    limite: 'connexion',
    input: z.object({ secret }),
    champs: z.object({ code: z.string().default('') }),
    handler: async ({ input, db, requete, formulaire }) => {
      const code = formulaire.ok ? formulaire.valeurs.code : '';
      const done = await saisirCode(db, {
        secret: input.secret,
        code,
        cle: cleDe(requete.config),
        adresse: requete.adresse,
      });
      // Never a page of refusal: what it undoes would be the try itself.
      const erreur = done.ok || done.refus === 'ferme' ? '' : `?erreur=${done.refus}`;
      return { type: 'redirection', vers: `/revendication/${input.secret}${erreur}` };
    },
  }),
  defineRoute({
    path: '/revendications',
    access,
    input: schemaDeDemande(listeRevendications, {}),
    handler: async ({ input: { demande }, db }) => {
      const resultat = await lirePage(db, listeRevendications, demande);
      if (!resultat) return absent;
      return pageDeGestion(
        'Demandes d’accès des structures',
        [{ texte: 'Demandes d’accès' }],
        <PageRevendications
          liste={listeRevendications}
          demande={demande}
          resultat={resultat}
          parPage={parPage}
          departements={await departementsDeFiltre(db)}
        />,
      );
    },
  }),
  ...routesDeFichiers(listeRevendications, '/revendications', { type: 'role', roles: traitement }),
  defineRoute({
    path: '/revendications/:id',
    access,
    input: z.object({
      id: identifiant,
      fait: z
        .enum(Object.keys(faitsDeRevendication) as [FaitDeRevendication, ...FaitDeRevendication[]])
        .optional(),
    }),
    handler: ({ input, db }) => montrer(db, input.id, { fait: input.fait }),
  }),
  defineActe({
    path: '/revendications/:id/courrier',
    access,
    input: z.object({ id: identifiant }),
    champs: z.object({
      adresse: z.string().max(400, 'Écrivez 400 caractères au plus.').default(''),
      remplacer: z.literal('oui').optional(),
    }),
    handler: async ({ input, db, identite, requete, formulaire }) => {
      const valeurs = formulaire.saisie;
      if (!formulaire.ok) return montrer(db, input.id, { valeurs, erreurs: formulaire.erreurs });
      // The page stays as it was while its file comes down: a second press is caught here, before the code changes.
      if (
        formulaire.valeurs.remplacer === undefined &&
        (await getRevendication(db, input.id, true))?.etat === 'courrier_edite'
      )
        return montrer(db, input.id, {
          valeurs,
          erreurs: {
            remplacer: 'Un courrier est déjà édité. Cochez pour le remplacer : le premier ne servira plus.',
          },
        });
      const made = await editerCourrier(db, acteurDe(identite), {
        id: input.id,
        adresse: formulaire.valeurs.adresse,
        cle: cleDe(requete.config),
      });
      if (!made.ok && made.refus === 'absent') return absent;
      if (!made.ok)
        return montrer(
          db,
          input.id,
          made.refus === 'adresse'
            ? { valeurs, erreurs: { adresse: made.message } }
            : { erreur: made.message },
        );
      return {
        type: 'fichier',
        mime: 'application/pdf',
        corps: await lettrePdf(
          made.valeur,
          { jour: await lireJour(db), adresse: requete.adresse },
          fontsFolder,
        ),
        nom: 'courrier-code-d-acces.pdf',
      };
    },
  }),
  defineActe({
    path: '/revendications/:id/confirmer',
    access,
    input: z.object({ id: identifiant }),
    champs: z.object({ version: champVersion }),
    handler: async ({ input, db, identite, requete, formulaire }) => {
      if (!formulaire.ok) return absent;
      const done = await confirmerRevendication(db, acteurDe(identite), {
        id: input.id,
        version: formulaire.valeurs.version,
        adresse: requete.adresse,
      });
      if (!done.ok) return montrer(db, input.id, { erreur: done.message });
      return { type: 'redirection', vers: `/revendications/${input.id}?fait=confirmee` };
    },
  }),
  defineActe({
    path: '/revendications/:id/refuser',
    access,
    input: z.object({ id: identifiant }),
    champs: z.object({ version: champVersion, motif: champMotif }),
    handler: async ({ input, db, identite, formulaire }) => {
      if (!formulaire.ok)
        return montrer(db, input.id, { valeurs: formulaire.saisie, erreurs: formulaire.erreurs });
      const done = await refuserRevendication(db, acteurDe(identite), {
        id: input.id,
        ...formulaire.valeurs,
      });
      if (!done.ok) return montrer(db, input.id, { valeurs: formulaire.saisie, erreur: done.message });
      return { type: 'redirection', vers: `/revendications/${input.id}?fait=refusee` };
    },
  }),
];
