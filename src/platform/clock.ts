import { Temporal } from 'temporal-polyfill';

/** What time it is, given to whoever needs it; tests give their own. */
export type Clock = () => Temporal.Instant;

export const systemClock: Clock = () => Temporal.Now.instant();

/** The domain's day, as in Paris, whatever the machine's zone: `yyyy-mm-dd`. */
export const aujourdhui = (clock: Clock): string =>
  clock().toZonedDateTimeISO('Europe/Paris').toPlainDate().toString();
