import { sql } from 'kysely';

/** The beginning of a day in Paris, some days later. */
export const debutDuJour = (jour: string, plus = 0) =>
  sql`((${jour}::date + ${plus}::integer)::timestamp at time zone 'Europe/Paris')`;
