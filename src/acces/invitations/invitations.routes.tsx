import { z } from 'zod';
import type { Database } from '../../platform/database/index.ts';
import { de } from '../../platform/francais/index.ts';
import { acteurDe } from '../../platform/http/identite.ts';
import { absent, type DeclaredRoute, defineActe, defineRoute } from '../../platform/http/route.ts';
import { appareilDe } from '../../platform/http/securite.ts';
import { lirePage, parPage, routesDeFichiers, schemaDeDemande } from '../../platform/listes/index.ts';
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
import { proposerPerimetres, trouverCible } from '../roles/perimetres.acts.ts';
import { listeInvitations } from '../roles/personnes.listes.ts';
import { departementsDeFiltre, gestion, pageDeGestion } from '../roles/personnes.routes.tsx';
import { boiteDeService, rolesDonnables } from '../roles/roles.rules.ts';
import { lireDonneur } from '../roles/roles.store.ts';
import type { RoleAttribuable } from '../rules.ts';
import type { Valeurs } from '../views/champs-role.tsx';
import { PageInvitation, PageInvitationFermee } from '../views/page-invitation.tsx';
import {
  type FaitDInvitation,
  faitsDInvitation,
  PageDetailInvitation,
  PageInvitations,
  PageNouvelleInvitation,
} from '../views/page-invitations.tsx';
import { accepterInvitation, lireLienDInvitation } from './acceptation.acts.ts';
import { inviter, renvoyerInvitation, revoquerInvitation } from './invitations.acts.ts';
import { getInvitation, lireAdresses } from './invitations.store.ts';

const access = { type: 'role', roles: gestion } as const;
const fil = { texte: 'Invitations', href: '/invitations' };
const fait = z.enum(Object.keys(faitsDInvitation) as [FaitDInvitation, ...FaitDInvitation[]]).optional();
const secret = z.string().regex(/^[\w-]{43}$/, 'n’est pas un lien d’invitation');

const montrerNouvelle = async (
  db: Database,
  {
    role,
    valeurs = {},
    erreurs = {},
    boite = false,
    enAttente,
  }: {
    readonly role: RoleAttribuable | undefined;
    readonly valeurs?: Valeurs;
    readonly erreurs?: ErreursFormulaire;
    readonly boite?: boolean;
    /** The same invitation, which waits already. */
    readonly enAttente?: string | undefined;
  },
) => {
  const donneur = await lireDonneur(db);
  const roles = rolesDonnables(donneur);
  const choisi = role !== undefined && roles.includes(role) ? role : undefined;
  const refuse = Object.keys(erreurs).length > 0;
  return pageDeGestion(
    refuse ? 'Erreur : inviter une personne' : 'Inviter une personne',
    [fil, { texte: 'Inviter une personne' }],
    <PageNouvelleInvitation
      roles={roles}
      role={choisi}
      perimetres={{ choix: choisi && (await proposerPerimetres(db, donneur, choisi)) }}
      valeurs={valeurs}
      erreurs={erreurs}
      boite={boite}
      enAttente={enAttente}
    />,
    refuse ? 400 : 200,
  );
};

const montrerDetail = async (
  db: Database,
  id: string,
  { fait, erreur }: { readonly fait?: FaitDInvitation | undefined; readonly erreur?: string } = {},
) => {
  const invitation = await getInvitation(db, id);
  if (invitation === undefined) return absent;
  return pageDeGestion(
    `Invitation ${de(`${invitation.prenom} ${invitation.nom}`)}`,
    [fil, { texte: `${invitation.prenom} ${invitation.nom}` }],
    <PageDetailInvitation invitation={invitation} fait={fait} erreur={erreur} />,
    erreur === undefined ? 200 : 409,
  );
};

const page = (titre: string, contenu: Parameters<typeof pageDeGestion>[2], statut: 200 | 410 = 200) => ({
  type: 'page' as const,
  titre,
  description: 'Entrer dans Maillage par une invitation.',
  fil: [{ texte: 'Accueil', href: '/' }, { texte: titre }],
  contenu,
  statut,
});

export const routes: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/invitations',
    access,
    input: schemaDeDemande(listeInvitations, { fait }),
    handler: async ({ input: { demande, fait: done }, db }) => {
      const resultat = await lirePage(db, listeInvitations, demande);
      if (!resultat) return absent;
      return pageDeGestion(
        'Invitations',
        [{ texte: 'Invitations' }],
        <PageInvitations
          liste={listeInvitations}
          demande={demande}
          resultat={resultat}
          parPage={parPage}
          departements={await departementsDeFiltre(db)}
          fait={done}
        />,
      );
    },
  }),
  ...routesDeFichiers(listeInvitations, '/invitations', { type: 'role', roles: gestion }),
  defineRoute({
    path: '/invitations/nouvelle',
    access,
    input: z.object({
      role: champRole.optional(),
      choisir: z.literal('oui').optional(),
      // The structure from whose page one comes.
      perimetre: identifiant.optional(),
    }),
    handler: ({ input: { role, choisir, perimetre }, db }) =>
      montrerNouvelle(db, {
        role,
        ...(perimetre === undefined ? {} : { valeurs: { perimetre } }),
        erreurs: role === undefined && choisir ? { role: roleManquant } : {},
      }),
  }),
  defineActe({
    path: '/invitations',
    access,
    input: z.object({}),
    champs: z.object({
      role: champRole,
      courriel: champCourrielDeLaPersonne,
      prenom: texteRequis('Écrivez le prénom.'),
      nom: texteRequis('Écrivez le nom.'),
      perimetre: champPerimetre,
      motif: champMotif,
      fin: champJour,
      personnelle: z.literal('oui').optional(),
    }),
    handler: async ({ db, identite, requete, formulaire }) => {
      const role = champRole.safeParse(formulaire.saisie['role']).data;
      const revoir = (erreurs: ErreursFormulaire, boite = false, enAttente?: string) =>
        montrerNouvelle(db, { role, valeurs: formulaire.saisie, erreurs, boite, enAttente });
      const cible = role && (await trouverCible(db, role, formulaire.saisie['perimetre'] ?? ''));
      const dePerimetre = cible?.ok === false ? { perimetre: cible.message } : {};
      if (!formulaire.ok) return revoir({ ...dePerimetre, ...formulaire.erreurs });
      if (!cible?.ok) return revoir(dePerimetre);
      const { courriel, personnelle, ...valeurs } = formulaire.valeurs;
      if (boiteDeService(courriel) && personnelle === undefined)
        return revoir({ personnelle: 'Vérifiez l’adresse, puis confirmez qu’elle est personnelle.' }, true);
      const sent = await inviter(db, acteurDe(identite), {
        ...valeurs,
        courriel,
        cible: cible.valeur.cible,
        adresse: requete.adresse,
      });
      if (!sent.ok)
        return revoir(
          erreurDeRefus(sent, ['courriel', 'prenom', 'perimetre', 'motif', 'fin']),
          boiteDeService(courriel),
          sent.refus === 'invitee'
            ? (await lireAdresses(db, [{ courriel, cible: cible.valeur.cible, suppleanceDe: null }]))[0]
                ?.enCours?.id
            : undefined,
        );
      return { type: 'redirection', vers: `/invitations/${sent.valeur.invitation}?fait=envoyee` };
    },
  }),
  defineRoute({
    path: '/invitations/:id',
    access,
    input: z.object({ id: identifiant, fait }),
    handler: ({ input, db }) => montrerDetail(db, input.id, { fait: input.fait }),
  }),
  defineActe({
    path: '/invitations/:id/renvoyer',
    access,
    input: z.object({ id: identifiant }),
    champs: z.object({ version: champVersion, personne: z.uuid().optional() }),
    handler: async ({ input, db, identite, requete, formulaire }) => {
      if (!formulaire.ok) return absent;
      const { version, personne } = formulaire.valeurs;
      const sent = await renvoyerInvitation(db, acteurDe(identite), {
        id: input.id,
        version,
        adresse: requete.adresse,
      });
      if (!sent.ok) return montrerDetail(db, input.id, { erreur: sent.message });
      return {
        type: 'redirection',
        vers: `${personne === undefined ? `/invitations/${input.id}` : `/personnes/${personne}`}?fait=renvoyee`,
      };
    },
  }),
  defineActe({
    path: '/invitations/:id/revoquer',
    access,
    input: z.object({ id: identifiant }),
    champs: z.object({ version: champVersion }),
    handler: async ({ input, db, identite, formulaire }) => {
      if (!formulaire.ok) return absent;
      const done = await revoquerInvitation(db, acteurDe(identite), {
        id: input.id,
        version: formulaire.valeurs.version,
      });
      if (!done.ok) return montrerDetail(db, input.id, { erreur: done.message });
      return { type: 'redirection', vers: `/invitations/${input.id}?fait=revoquee` };
    },
  }),
  defineRoute({
    path: '/invitation/:secret',
    access: { type: 'porte' },
    input: z.object({ secret }),
    handler: async ({ input, db, identite }) => {
      const read = await lireLienDInvitation(db, input.secret);
      // Whoever pressed the button twice is in already.
      if (!read.ok && identite !== null && read.acceptee === identite.personne.id)
        return { type: 'redirection', vers: '/espace' };
      if (!read.ok) return page('Invitation fermée', <PageInvitationFermee message={read.message} />, 410);
      const { courriel } = read.valeur;
      const autre =
        identite !== null && identite.personne.courriel !== courriel
          ? `${identite.personne.prenom} ${identite.personne.nom}`
          : undefined;
      return page(
        'Votre invitation',
        <PageInvitation invitation={read.valeur} secret={input.secret} autre={autre} />,
      );
    },
  }),
  defineActe({
    path: '/invitation/:secret',
    access: { type: 'porte' },
    input: z.object({ secret }),
    champs: z.object({}),
    limite: 'connexion',
    handler: async ({ input, db, requete, identite }) => {
      const entered = await accepterInvitation(db, {
        secret: input.secret,
        appareil: appareilDe(requete.appareil),
        precedente: identite,
      });
      if (entered.ok) return { type: 'redirection', vers: '/espace', session: entered.valeur };
      const read = await lireLienDInvitation(db, input.secret);
      if (identite !== null && read.acceptee === identite.personne.id)
        return { type: 'redirection', vers: '/espace' };
      return page('Invitation fermée', <PageInvitationFermee message={entered.message} />, 410);
    },
  }),
];
