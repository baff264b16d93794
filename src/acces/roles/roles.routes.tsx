import { z } from 'zod';
import type { Database } from '../../platform/database/index.ts';
import { capitale } from '../../platform/francais/index.ts';
import { acteurDe } from '../../platform/http/identite.ts';
import { absent, type DeclaredRoute, defineActe, defineRoute } from '../../platform/http/route.ts';
import type { ErreursFormulaire } from '../../platform/views/champs.tsx';
import { champCourrielDeLaPersonne } from '../connexion/connexion.routes.tsx';
import {
  champJour,
  champMotif,
  champPerimetre,
  champRole,
  champVersion,
  erreurDeRefus,
  identifiant,
  roleManquant,
  texteRequis,
} from '../formulaires.ts';
import { inviter } from '../invitations/invitations.acts.ts';
import type { RoleAttribuable } from '../rules.ts';
import type { Valeurs } from '../views/champs-role.tsx';
import { PageDonnerRole, PageProlonger, PageRetirerRole, PageSuppleance } from '../views/page-role.tsx';
import { proposerPerimetres, trouverCible } from './perimetres.acts.ts';
import { filPersonnes, gestion, pageDeGestion } from './personnes.routes.tsx';
import { findPersonneParCourriel, findPersonneVisible } from './personnes.store.ts';
import { donnerRole, prolonger, rendreRole, retirerRole } from './roles.acts.ts';
import { rolesDonnables } from './roles.rules.ts';
import { type AttributionLue, getAttribution, lireDonneur, listSuppleants } from './roles.store.ts';
import { cibleDAttribution, peutGerer } from './roles.verifications.ts';

const access = { type: 'role', roles: gestion } as const;
const adresseDuRole = z.object({ id: identifiant, attribution: identifiant });

/** A role of the person in the address that the acting role may change; what is foreign answers as what is absent. */
const trouver = async (
  db: Database,
  { id, attribution }: { readonly id: string; readonly attribution: string },
): Promise<AttributionLue | undefined> => {
  const found = await getAttribution(db, attribution);
  return found?.personne === id && (await peutGerer(db, await lireDonneur(db), found)) ? found : undefined;
};

const montrerDon = async (
  db: Database,
  id: string,
  {
    role,
    valeurs = {},
    erreurs = {},
  }: {
    readonly role: RoleAttribuable | undefined;
    readonly valeurs?: Valeurs;
    readonly erreurs?: ErreursFormulaire;
  },
) => {
  const personne = await findPersonneVisible(db, id);
  if (personne === undefined || personne.desactivee) return absent;
  const donneur = await lireDonneur(db);
  const roles = rolesDonnables(donneur);
  const choisi = role !== undefined && roles.includes(role) ? role : undefined;
  const refuse = Object.keys(erreurs).length > 0;
  return pageDeGestion(
    `${refuse ? 'Erreur : donner' : 'Donner'} un rôle à ${personne.prenom} ${personne.nom}`,
    [
      filPersonnes,
      { texte: `${personne.prenom} ${personne.nom}`, href: `/personnes/${id}` },
      { texte: 'Donner un rôle' },
    ],
    <PageDonnerRole
      personne={personne}
      roles={roles}
      role={choisi}
      perimetres={{ choix: choisi && (await proposerPerimetres(db, donneur, choisi)) }}
      valeurs={valeurs}
      erreurs={erreurs}
    />,
    refuse ? 400 : 200,
  );
};

const enErreur = (titre: string, erreurs: ErreursFormulaire): string =>
  Object.keys(erreurs).length > 0 ? `Erreur : ${titre}` : capitale(titre);

const fil = (attribution: AttributionLue, texte: string) => [
  filPersonnes,
  { texte: `${attribution.prenom} ${attribution.nom}`, href: `/personnes/${attribution.personne}` },
  { texte },
];

type Saisi = { readonly valeurs?: Valeurs; readonly erreurs?: ErreursFormulaire };
const statutDe = (erreurs: ErreursFormulaire) => (Object.keys(erreurs).length > 0 ? 400 : 200);

const montrerRetrait = async (
  db: Database,
  attribution: AttributionLue,
  moi: string,
  { valeurs = {}, erreurs = {} }: Saisi = {},
) =>
  pageDeGestion(
    enErreur('retirer un rôle', erreurs),
    fil(attribution, 'Retirer un rôle'),
    <PageRetirerRole
      attribution={attribution}
      soi={attribution.personne === moi}
      suppleants={await listSuppleants(db, attribution.id)}
      valeurs={valeurs}
      erreurs={erreurs}
    />,
    statutDe(erreurs),
  );

const montrerProlongation = (attribution: AttributionLue, { valeurs = {}, erreurs = {} }: Saisi = {}) =>
  pageDeGestion(
    enErreur('changer la fin d’un rôle', erreurs),
    fil(attribution, 'Changer la fin'),
    <PageProlonger attribution={attribution} valeurs={valeurs} erreurs={erreurs} />,
    statutDe(erreurs),
  );

const montrerSuppleance = (attribution: AttributionLue, { valeurs = {}, erreurs = {} }: Saisi = {}) =>
  pageDeGestion(
    enErreur('organiser une suppléance', erreurs),
    fil(attribution, 'Organiser une suppléance'),
    <PageSuppleance attribution={attribution} valeurs={valeurs} erreurs={erreurs} />,
    statutDe(erreurs),
  );

export const routes: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/personnes/:id/roles/nouveau',
    access,
    input: z.object({
      id: identifiant,
      role: champRole.optional(),
      choisir: z.literal('oui').optional(),
    }),
    handler: ({ input: { id, role, choisir }, db }) =>
      montrerDon(db, id, { role, erreurs: role === undefined && choisir ? { role: roleManquant } : {} }),
  }),
  defineActe({
    path: '/personnes/:id/roles',
    access,
    input: z.object({ id: identifiant }),
    champs: z.object({ role: champRole, perimetre: champPerimetre, motif: champMotif, fin: champJour }),
    handler: async ({ input, db, identite, requete, formulaire }) => {
      const role = champRole.safeParse(formulaire.saisie['role']).data;
      const revoir = (erreurs: ErreursFormulaire) =>
        montrerDon(db, input.id, { role, valeurs: formulaire.saisie, erreurs });
      const cible = role && (await trouverCible(db, role, formulaire.saisie['perimetre'] ?? ''));
      const dePerimetre = cible?.ok === false ? { perimetre: cible.message } : {};
      if (!formulaire.ok) return revoir({ ...dePerimetre, ...formulaire.erreurs });
      if (!cible?.ok) return revoir(dePerimetre);
      const { motif, fin } = formulaire.valeurs;
      const given = await donnerRole(db, acteurDe(identite), {
        personne: input.id,
        cible: cible.valeur.cible,
        motif,
        fin,
        adresse: requete.adresse,
      });
      if (given.ok) return { type: 'redirection', vers: `/personnes/${input.id}?fait=donne` };
      return given.refus === 'absent' ? absent : revoir(erreurDeRefus(given, ['motif', 'perimetre', 'fin']));
    },
  }),
  defineRoute({
    path: '/personnes/:id/roles/:attribution/retirer',
    access,
    input: adresseDuRole,
    handler: async ({ input, db, identite }) => {
      const attribution = await trouver(db, input);
      return attribution?.retireeLe === null ? montrerRetrait(db, attribution, identite.personne.id) : absent;
    },
  }),
  defineActe({
    path: '/personnes/:id/roles/:attribution/retirer',
    access,
    input: adresseDuRole,
    champs: z.object({ motif: champMotif, version: champVersion }),
    handler: async ({ input, db, identite, requete, formulaire }) => {
      const attribution = await trouver(db, input);
      if (attribution === undefined) return absent;
      const moi = identite.personne.id;
      const revoir = (erreurs: ErreursFormulaire) =>
        montrerRetrait(db, attribution, moi, { valeurs: formulaire.saisie, erreurs });
      if (!formulaire.ok) return revoir(formulaire.erreurs);
      const done = await retirerRole(db, acteurDe(identite), {
        attribution: attribution.id,
        ...formulaire.valeurs,
        adresse: requete.adresse,
      });
      if (!done.ok) return revoir(erreurDeRefus(done, ['motif']));
      // Whoever gave up the role that they act in sees no page of it any more.
      if (attribution.id === identite.habilitation?.id) return { type: 'redirection', vers: '/compte' };
      return {
        type: 'redirection',
        vers: `/personnes/${input.id}?fait=retire&role=${attribution.id}`,
      };
    },
  }),
  defineActe({
    path: '/personnes/:id/roles/:attribution/rendre',
    access,
    input: adresseDuRole,
    champs: z.object({}),
    handler: async ({ input, db, identite }) => {
      const attribution = await trouver(db, input);
      if (attribution === undefined) return absent;
      const done = await rendreRole(db, acteurDe(identite), attribution.id);
      // Too late, or done already: the page shows where things stand.
      return { type: 'redirection', vers: `/personnes/${input.id}${done.ok ? '?fait=rendu' : ''}` };
    },
  }),
  defineRoute({
    path: '/personnes/:id/roles/:attribution/prolonger',
    access,
    input: adresseDuRole,
    handler: async ({ input, db }) => {
      const attribution = await trouver(db, input);
      return attribution?.retireeLe === null ? montrerProlongation(attribution) : absent;
    },
  }),
  defineActe({
    path: '/personnes/:id/roles/:attribution/prolonger',
    access,
    input: adresseDuRole,
    champs: z.object({ motif: champMotif, version: champVersion, fin: champJour }),
    handler: async ({ input, db, identite, formulaire }) => {
      const attribution = await trouver(db, input);
      if (attribution === undefined) return absent;
      const revoir = (erreurs: ErreursFormulaire) =>
        montrerProlongation(attribution, { valeurs: formulaire.saisie, erreurs });
      if (!formulaire.ok) return revoir(formulaire.erreurs);
      const done = await prolonger(db, acteurDe(identite), {
        attribution: attribution.id,
        ...formulaire.valeurs,
      });
      if (!done.ok) return revoir(erreurDeRefus(done, ['fin', 'motif']));
      return { type: 'redirection', vers: `/personnes/${input.id}?fait=prolonge` };
    },
  }),
  defineRoute({
    path: '/personnes/:id/roles/:attribution/suppleance',
    access,
    input: adresseDuRole,
    handler: async ({ input, db }) => {
      const attribution = await trouver(db, input);
      return attribution?.retireeLe === null ? montrerSuppleance(attribution) : absent;
    },
  }),
  defineActe({
    path: '/personnes/:id/roles/:attribution/suppleance',
    access,
    input: adresseDuRole,
    champs: z.object({
      courriel: champCourrielDeLaPersonne,
      prenom: texteRequis('Écrivez le prénom.'),
      nom: texteRequis('Écrivez le nom.'),
      du: champJour,
      fin: champJour.refine((jour) => jour !== null, 'Écrivez le dernier jour de la suppléance.'),
      motif: champMotif,
    }),
    handler: async ({ input, db, identite, requete, formulaire }) => {
      const attribution = await trouver(db, input);
      const cible = attribution && (await cibleDAttribution(db, attribution));
      if (attribution === undefined || cible === undefined) return absent;
      const revoir = (erreurs: ErreursFormulaire) =>
        montrerSuppleance(attribution, { valeurs: formulaire.saisie, erreurs });
      if (!formulaire.ok) return revoir(formulaire.erreurs);
      const { courriel, ...valeurs } = formulaire.valeurs;
      const commun = { ...valeurs, cible, suppleanceDe: attribution.id, adresse: requete.adresse };
      const connue = await findPersonneParCourriel(db, courriel);
      const done = connue
        ? await donnerRole(db, acteurDe(identite), { ...commun, personne: connue.id })
        : await inviter(db, acteurDe(identite), { ...commun, courriel });
      if (!done.ok) return revoir(erreurDeRefus(done, ['courriel', 'fin', 'motif']));
      return {
        type: 'redirection',
        vers: connue ? `/personnes/${connue.id}?fait=suppleance` : '/invitations?fait=envoyee',
      };
    },
  }),
];
