import { compterComptes } from '../acces/index.ts';
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

/** Reads how parts of the service stand, for an administrator, in one query. */
export type LireEtat = (db: Database) => Promise<readonly EtatDeService[]>;

const comptes: LireEtat = async (db) => {
  const { personnes, invitations, expirees } = await compterComptes(db);
  return [
    {
      nom: 'Personnes',
      texte: pluriel(personnes, 'compte actif', 'comptes actifs'),
      alerte: false,
      href: '/personnes',
    },
    {
      nom: 'Invitations',
      texte: `${nombre(invitations)} en cours, ${pluriel(expirees, 'périmée', 'périmées')}`,
      alerte: expirees > 0,
      href: '/invitations',
    },
  ];
};

const courriels: LireEtat = async (db) => {
  const { en_attente: enAttente, abandonnes } = await compterCourriels(db);
  return [
    {
      nom: 'Courriels',
      texte: `${nombre(enAttente)} en attente, ${pluriel(abandonnes, 'abandonné', 'abandonnés')}`,
      alerte: abandonnes > 0,
      href: '/administration/courriels',
    },
  ];
};

/** What an administrator's page tells of the service. */
export const etatsDuService: readonly LireEtat[] = [comptes, courriels];
