import { sql } from 'kysely';
import type { Database } from '../platform/database/index.ts';
import { nombre, pluriel } from '../platform/francais/index.ts';

/** How a part of the service stands, in a sentence; `alerte`: somebody should look. */
export type EtatDeService = {
  readonly nom: string;
  readonly texte: string;
  readonly alerte: boolean;
  readonly href?: string;
};

/** Reads how a part of the service stands, for an administrator. */
export type LireEtat = (db: Database) => Promise<EtatDeService>;

const compter = async <Nom extends string>(
  db: Database,
  query: ReturnType<typeof sql>,
): Promise<Partial<Record<Nom, number>>> =>
  (await (query as ReturnType<typeof sql<Partial<Record<Nom, number>>>>).execute(db)).rows[0] ?? {};

const personnes: LireEtat = async (db) => {
  const { actives = 0 } = await compter<'actives'>(
    db,
    sql`select count(*) as actives from personne where desactivee_le is null`,
  );
  return { nom: 'Personnes', texte: pluriel(actives, 'compte actif', 'comptes actifs'), alerte: false };
};

const invitations: LireEtat = async (db) => {
  const { enCours = 0, perimees = 0 } = await compter<'enCours' | 'perimees'>(
    db,
    sql`select count(*) filter (where expire_le > now()) as "enCours",
      count(*) filter (where expire_le <= now()) as perimees
      from invitation where statut = 'envoyee'`,
  );
  return {
    nom: 'Invitations',
    texte: `${nombre(enCours)} en cours, ${pluriel(perimees, 'périmée', 'périmées')}`,
    alerte: perimees > 0,
  };
};

const courriels: LireEtat = async (db) => {
  const { enAttente = 0, abandonnes = 0 } = await compter<'enAttente' | 'abandonnes'>(
    db,
    sql`select count(*) filter (where statut = 'en_attente') as "enAttente",
      count(*) filter (where statut = 'abandonne') as abandonnes from courriel where statut <> 'envoye'`,
  );
  return {
    nom: 'Courriels',
    texte: `${nombre(enAttente)} en attente, ${pluriel(abandonnes, 'abandonné', 'abandonnés')}`,
    alerte: abandonnes > 0,
    href: '/administration/courriels',
  };
};

/** What an administrator's page tells of the service. */
export const etatsDuService: readonly LireEtat[] = [personnes, invitations, courriels];
