import type { Database } from '../../platform/database/index.ts';
import type { Habilitation, Identite, Portier } from '../../platform/http/identite.ts';
import { demandeSecondFacteur, nomDeRole, nomDeSuppleance } from '../rules.ts';
import { empreinte } from '../secrets.ts';
import { lireSession, noterPassage, type PersonneConnue } from './sessions.store.ts';

/** Roles as a person reads them. */
export const habilitationsDe = ({ attributions }: Pick<PersonneConnue, 'attributions'>): Habilitation[] =>
  attributions.map(({ id, role, niveau, perimetre, lieu, supplee, fin }) => ({
    id,
    role,
    niveau,
    perimetre,
    libelle:
      supplee === null || fin === null
        ? nomDeRole(role, lieu)
        : `${nomDeRole(role, lieu)} (${nomDeSuppleance(supplee, fin)})`,
  }));

/** The form of every secret that we make. */
const forme = /^[\w-]{43}$/;

/** Knows people by the secret of their session. */
export const creerPortier = (acces: Database): Portier => ({
  acces,
  identifier: async (secret): Promise<Identite | null> => {
    if (secret === undefined || !forme.test(secret)) return null;
    const session = await lireSession(acces, empreinte(secret));
    if (session === undefined) return null;
    if (session.aNoter) await noterPassage(acces, session.id);
    const habilitations = habilitationsDe(session);
    const habilitation = habilitations.find(({ id }) => id === session.attributionId) ?? null;
    const facteur = (): Identite['secondFacteur'] => {
      if (session.moyen === 'demonstration') return 'sans_objet';
      if (session.secondFacteurFait) return 'fait';
      // Whoever has one shows it whatever they act as: it protects the account, not a role.
      if (session.secondFacteurInstalle) return 'a_faire';
      return demandeSecondFacteur(habilitation?.role) ? 'a_installer' : 'sans_objet';
    };
    return {
      session: session.id,
      personne: {
        id: session.personne,
        prenom: session.prenom,
        nom: session.nom,
        courriel: session.courriel,
      },
      visitePrecedente: session.visitePrecedente,
      habilitation,
      habilitations,
      secondFacteur: facteur(),
    };
  },
});
