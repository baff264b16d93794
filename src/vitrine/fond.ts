import type { Database } from '../platform/database/index.ts';
import { type FondDeCarte, tracerDepartements } from '../platform/views/cartographie.ts';
import { contoursDepartements } from './carte.ts';

const drawn = new WeakMap<object, FondDeCarte>();

/** The national map before its data: drawn again only when the outlines are read again. */
export const fondDesDepartements = async (db: Database): Promise<FondDeCarte> => {
  const contours = await contoursDepartements(db);
  const fond = drawn.get(contours) ?? tracerDepartements(contours);
  drawn.set(contours, fond);
  return fond;
};
