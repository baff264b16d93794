import { compterComptes, compterInvitationsExpirees } from '../acces/index.ts';
import type { Database } from '../platform/database/index.ts';
import { nombre, pluriel } from '../platform/francais/index.ts';
import { compterCourriels } from '../platform/taches-sante.ts';

/** How a part of the service stands, in a sentence; `alerte`: somebody should look. */
export type EtatDeService = {
  readonly nom: string;
  readonly texte: string;
  readonly alerte: boolean;
  readonly href?: string;
};

/** Reads how a part of the service stands, for an administrator. */
export type LireEtat = (db: Database) => Promise<EtatDeService>;

const personnes: LireEtat = async (db) => ({
  nom: 'Personnes',
  texte: pluriel((await compterComptes(db)).personnes, 'compte actif', 'comptes actifs'),
  alerte: false,
});

const invitations: LireEtat = async (db) => {
  const { invitations: enCours } = await compterComptes(db);
  const expirees = await compterInvitationsExpirees(db);
  return {
    nom: 'Invitations',
    texte: `${nombre(enCours)} en cours, ${pluriel(expirees, 'périmée', 'périmées')}`,
    alerte: expirees > 0,
  };
};

const courriels: LireEtat = async (db) => {
  const { en_attente: enAttente, abandonnes } = await compterCourriels(db);
  return {
    nom: 'Courriels',
    texte: `${nombre(enAttente)} en attente, ${pluriel(abandonnes, 'abandonné', 'abandonnés')}`,
    alerte: abandonnes > 0,
    href: '/administration/courriels',
  };
};

/** What an administrator's page tells of the service. */
export const etatsDuService: readonly LireEtat[] = [personnes, invitations, courriels];
