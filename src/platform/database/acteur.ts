import { sql } from 'kysely';
import type { Database } from './index.ts';

/**
 * Says who acts in a transaction, and as what: the row wall lets through what this role sees, and nothing where nobody
 * is set. False when the person or the role no longer runs.
 */
export const endosser = async (
  transaction: Database,
  personne: string,
  attribution: string | null,
): Promise<boolean> => {
  const { rows } = await sql<{ endosse: boolean }>`
    select endosser(${personne}::uuid, ${attribution}::uuid) as endosse`.execute(transaction);
  return rows[0]?.endosse ?? false;
};
