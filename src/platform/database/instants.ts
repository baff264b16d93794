import { type RawBuilder, sql } from 'kysely';

/** An instant (a column by its name, or an expression) as ISO text to the second, whatever the zone of the connection. */
export const enInstant = (instant: string | RawBuilder<unknown>): RawBuilder<string> =>
  sql<string>`to_char(${typeof instant === 'string' ? sql.ref(instant) : instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
