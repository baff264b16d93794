import { z } from 'zod';
import type { Database } from '../../platform/database/index.ts';
import { de } from '../../platform/francais/index.ts';
import { acteurDe } from '../../platform/http/identite.ts';
import { pagePrivee } from '../../platform/http/page-privee.ts';
import {
  absent,
  type DeclaredRoute,
  defineActe,
  defineRoute,
  type Page,
  type Reponse,
} from '../../platform/http/route.ts';
import {
  type Demande,
  lirePage,
  parPage,
  routesDeFichiers,
  schemaDeDemande,
} from '../../platform/listes/index.ts';
import type { ErreursFormulaire } from '../../platform/views/champs.tsx';
import { retirerSecondFacteur } from '../connexion/second-facteur.acts.ts';
import { champMotif, champVersion, erreurDeRefus, identifiant, texteRequis } from '../formulaires.ts';
import { listInvitationsDe } from '../invitations/invitations.store.ts';
import { type FaitDePersonne, faitsDePersonne, PagePersonne } from '../views/page-personne.tsx';
import { PagePersonnes } from '../views/page-personnes.tsx';
import { PageEtatDuCompte, PageSecondFacteurPerdu } from '../views/page-role.tsx';
import { desactiverPersonne, reactiverPersonne } from './personnes.acts.ts';
import { listePersonnes } from './personnes.listes.ts';
import {
  aUnSecondFacteur,
  compterAppareils,
  ecrireRecherche,
  findPersonneVisible,
  lireJour,
  lireRecherche,
  listFaitsDeCompte,
  type PersonneVisible,
} from './personnes.store.ts';
import { lireDonneur, listAttributions, listTerritoiresProposes } from './roles.store.ts';
import { peutGerer } from './roles.verifications.ts';

/** Who looks after people: the programme, a territory, a structure. */
export const gestion = ['administrateur', 'instructeur', 'gestionnaire'] as const;
const access = { type: 'role', roles: gestion } as const;

export const filPersonnes = { texte: 'Personnes', href: '/personnes' };

export const pageDeGestion = (
  titre: string,
  fil: Page['fil'],
  contenu: Page['contenu'],
  statut?: Page['statut'],
): Page => pagePrivee(titre, fil, contenu, { description: 'Gérer les personnes et leurs rôles.', statut });

/** The départements that a list may be filtered by, for whoever looks after several. */
export const departementsDeFiltre = async (db: Database) =>
  (await listTerritoiresProposes(db, await lireDonneur(db))).flatMap(({ valeur, libelle }) =>
    valeur.startsWith('departement:')
      ? [{ valeur: valeur.slice('departement:'.length), texte: libelle }]
      : [],
  );

const montrerSecondFacteur = (
  personne: PersonneVisible,
  valeurs: Readonly<Record<string, string>>,
  erreurs: Readonly<Record<string, string>>,
): Page => {
  const refuse = Object.keys(erreurs).length > 0;
  const titre = `Retirer le second facteur ${de(`${personne.prenom} ${personne.nom}`)}`;
  return pageDeGestion(
    refuse ? `Erreur : ${titre}` : titre,
    [filPersonnes, { texte: 'Second facteur' }],
    <PageSecondFacteurPerdu personne={personne} valeurs={valeurs} erreurs={erreurs} />,
    refuse ? 400 : 200,
  );
};

/** The list of people: all, or those that a search gave, or the search that was not understood. */
const montrerListe = async (
  db: Database,
  demande: Demande,
  {
    recherche,
    erreurs = {},
  }: {
    readonly recherche?: { readonly id: string; readonly terme: string };
    readonly erreurs?: ErreursFormulaire;
  } = {},
): Promise<Reponse> => {
  const resultat = await lirePage(db, listePersonnes, demande, recherche && { recherche: recherche.id });
  if (!resultat) return absent;
  const refuse = Object.keys(erreurs).length > 0;
  return pageDeGestion(
    recherche ? 'Personnes : recherche' : refuse ? 'Erreur : personnes' : 'Personnes',
    recherche ? [filPersonnes, { texte: 'Recherche' }] : [{ texte: 'Personnes' }],
    <PagePersonnes
      liste={listePersonnes}
      demande={demande}
      resultat={resultat}
      parPage={parPage}
      departements={await departementsDeFiltre(db)}
      recherche={recherche}
      erreurs={erreurs}
    />,
    refuse ? 400 : 200,
  );
};

const faits = Object.keys(faitsDePersonne) as [FaitDePersonne, ...FaitDePersonne[]];

export const routes: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/personnes',
    access,
    input: schemaDeDemande(listePersonnes, {}, ['recherche']),
    handler: ({ input: { demande }, db }) => montrerListe(db, demande),
  }),
  // A name that is searched for is sent, never written in an address: see `ecrireRecherche`.
  defineActe({
    path: '/personnes/recherche',
    access,
    limite: 'recherche',
    input: z.object({}),
    champs: z.object({ terme: texteRequis('Écrivez une partie du nom ou de l’adresse.') }),
    handler: async ({ db, formulaire }) => {
      if (formulaire.ok)
        return {
          type: 'redirection',
          vers: `/personnes/recherche/${await ecrireRecherche(db, formulaire.valeurs.terme)}`,
        };
      const { demande } = schemaDeDemande(listePersonnes, {}, ['recherche']).parse({});
      return montrerListe(db, demande, { erreurs: formulaire.erreurs });
    },
  }),
  defineRoute({
    path: '/personnes/recherche/:id',
    access,
    input: schemaDeDemande(listePersonnes, { id: identifiant }, ['recherche']),
    handler: async ({ input: { demande, id }, db }) => {
      const terme = await lireRecherche(db, id);
      // Too old, or another's: the search is to be made again.
      if (terme === undefined) return { type: 'redirection', vers: '/personnes' };
      return montrerListe(db, demande, { recherche: { id, terme } });
    },
  }),
  ...routesDeFichiers(listePersonnes, '/personnes', { type: 'role', roles: gestion }),
  defineRoute({
    path: '/personnes/:id',
    access,
    input: z.object({ id: identifiant, fait: z.enum(faits).optional(), role: z.uuid().optional() }),
    handler: async ({ input, db, identite }) => {
      const personne = await findPersonneVisible(db, input.id);
      if (personne === undefined) return absent;
      const donneur = await lireDonneur(db);
      const jour = await lireJour(db);
      const lues = await listAttributions(db, personne.id);
      const attributions = [];
      for (const attribution of lues) {
        const { retireeDepuis, fin, role, lieu } = attribution;
        const gerable = await peutGerer(db, donneur, attribution);
        const rendable =
          gerable &&
          !attribution.aMoi &&
          retireeDepuis !== null &&
          retireeDepuis < 3600 &&
          (fin === null || fin >= jour) &&
          // Nor where it was given anew.
          !lues.some((autre) => autre.retireeLe === null && autre.role === role && autre.lieu === lieu);
        attributions.push({ ...attribution, gerable, rendable });
      }
      const national = donneur.role === 'administrateur';
      const nom = `${personne.prenom} ${personne.nom}`;
      return pageDeGestion(
        nom,
        [filPersonnes, { texte: nom }],
        <PagePersonne
          personne={personne}
          attributions={attributions}
          invitations={await listInvitationsDe(db, personne.courriel)}
          faits={await listFaitsDeCompte(db, personne.id)}
          appareils={national ? await compterAppareils(db, personne.id) : undefined}
          secondFacteur={national && (await aUnSecondFacteur(db, personne.id))}
          soi={identite.personne.id === personne.id}
          fait={input.fait}
          retire={attributions.find(
            ({ id, rendable }) => input.fait === 'retire' && id === input.role && rendable,
          )}
        />,
      );
    },
  }),
  defineRoute({
    path: '/personnes/:id/compte',
    access: { type: 'role', roles: ['administrateur'] },
    input: z.object({ id: identifiant }),
    handler: async ({ input, db, identite }) => {
      const personne = await findPersonneVisible(db, input.id);
      if (personne === undefined || personne.id === identite.personne.id) return absent;
      const titre = personne.desactivee ? 'Réactiver le compte' : 'Désactiver le compte';
      return pageDeGestion(
        titre,
        [filPersonnes, { texte: titre }],
        <PageEtatDuCompte personne={personne} valeurs={{}} erreurs={{}} />,
      );
    },
  }),
  defineActe({
    path: '/personnes/:id/compte',
    access: { type: 'role', roles: ['administrateur'] },
    input: z.object({ id: identifiant }),
    champs: z.object({ motif: champMotif, version: champVersion, active: z.enum(['oui', 'non']) }),
    handler: async ({ input, db, identite, formulaire }) => {
      const personne = await findPersonneVisible(db, input.id);
      if (personne === undefined) return absent;
      const montrer = (erreurs: Readonly<Record<string, string>>) =>
        pageDeGestion(
          `Erreur : compte ${de(`${personne.prenom} ${personne.nom}`)}`,
          [filPersonnes, { texte: 'Compte' }],
          <PageEtatDuCompte personne={personne} valeurs={formulaire.saisie} erreurs={erreurs} />,
          400,
        );
      if (!formulaire.ok) return montrer(formulaire.erreurs);
      const { motif, version, active } = formulaire.valeurs;
      const acte = active === 'oui' ? reactiverPersonne : desactiverPersonne;
      const done = await acte(db, acteurDe(identite), { personne: personne.id, version, motif });
      if (!done.ok) return montrer(erreurDeRefus(done, ['motif']));
      return {
        type: 'redirection',
        vers: `/personnes/${personne.id}?fait=${active === 'oui' ? 'reactive' : 'desactive'}`,
      };
    },
  }),
  defineRoute({
    path: '/personnes/:id/second-facteur',
    access: { type: 'role', roles: ['administrateur'] },
    input: z.object({ id: identifiant }),
    handler: async ({ input, db, identite }) => {
      const personne = await findPersonneVisible(db, input.id);
      if (personne === undefined || personne.id === identite.personne.id) return absent;
      return montrerSecondFacteur(personne, {}, {});
    },
  }),
  defineActe({
    path: '/personnes/:id/second-facteur',
    access: { type: 'role', roles: ['administrateur'], acces: true },
    input: z.object({ id: identifiant }),
    champs: z.object({ motif: champMotif }),
    handler: async ({ input, db, acces, identite, formulaire }) => {
      const personne = await findPersonneVisible(db, input.id);
      if (personne === undefined || personne.id === identite.personne.id) return absent;
      const revoir = (erreurs: Readonly<Record<string, string>>) =>
        montrerSecondFacteur(personne, formulaire.saisie, erreurs);
      if (!formulaire.ok) return revoir(formulaire.erreurs);
      const done = await retirerSecondFacteur(
        acces,
        acteurDe(identite),
        personne.id,
        formulaire.valeurs.motif,
      );
      if (!done.ok) return revoir({ motif: done.message });
      return { type: 'redirection', vers: `/personnes/${personne.id}?fait=second_facteur` };
    },
  }),
];
