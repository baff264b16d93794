import type { LieuCarte } from '../../src/platform/views/carte-lieux.tsx';

/** A structure that has a place on the map. */
export type Lieu = Pick<LieuCarte, 'id' | 'libelle' | 'commune' | 'postes' | 'exacte'> & {
  readonly lieu: readonly [longitude: number, latitude: number];
  /** Metres from the place that the page is about, where it is about one. */
  readonly distance?: number;
};

/** The fields of what came over the network; none when it is no object. */
export const objet = (valeur: unknown): Readonly<Record<string, unknown>> =>
  typeof valeur === 'object' && valeur !== null ? { ...valeur } : {};

const lire = (trait: unknown): Lieu | null => {
  const { properties, geometry } = objet(trait);
  const { id, libelle, commune, postes, exacte } = objet(properties);
  const { coordinates } = objet(geometry);
  if (!Array.isArray(coordinates)) return null;
  const [longitude, latitude]: readonly unknown[] = coordinates;
  if (typeof id !== 'string' || typeof libelle !== 'string' || typeof postes !== 'number') return null;
  if (typeof longitude !== 'number' || typeof latitude !== 'number') return null;
  return {
    id,
    libelle,
    commune: typeof commune === 'string' ? commune : null,
    postes,
    exacte: exacte === true,
    lieu: [longitude, latitude],
  };
};

/** The structures of the file of points; those without a place are left to the list. */
export const chargerLieux = async (adresse: string): Promise<readonly Lieu[]> => {
  const reponse = await fetch(adresse);
  if (!reponse.ok) throw new Error(`${adresse} : ${reponse.status}`);
  const { features } = objet(await reponse.json());
  return Array.isArray(features) ? features.flatMap((trait: unknown) => lire(trait) ?? []) : [];
};
