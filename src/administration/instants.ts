import { sql } from 'kysely';

/** An instant as ISO text, whatever the zone of the connection. */
export const iso = (colonne: string) =>
  sql<string>`to_char(${sql.ref(colonne)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

/** The beginning of a day in Paris, some days later. */
export const debutDuJour = (jour: string, plus = 0) =>
  sql`((${jour}::date + ${plus}::integer)::timestamp at time zone 'Europe/Paris')`;
