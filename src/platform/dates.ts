import { z } from 'zod';

const message = 'attend une date AAAA-MM-JJ, de 1900 à 2100, par exemple 2021-03-24';

/**
 * A date of the domain, `yyyy-mm-dd`, from 1900 to 2100: what a calendar refuses (30 February) and what the database
 * would (the year 0) is refused where it is read. The message follows the name of the parameter.
 */
export const dateDuDomaine: z.ZodType<string, string> = z.iso
  .date({ error: message, abort: true })
  .regex(/^(19|20)\d\d-|^2100-/, message);
