declare const marque: unique symbol;

/** An amount in integer cents of euro. */
export type Centimes = number & { readonly [marque]: 'centimes' };

/** Takes a whole number of cents for an amount; a fraction or an unsafe number is a fault. */
export const centimes = (value: number): Centimes => {
  if (!Number.isSafeInteger(value)) throw new Error(`not a whole number of cents: ${value}`);
  // The only way into the type: checked just above.
  return value as Centimes;
};

/**
 * The one rounding of amounts: numerator / denominator to the nearest cent, halves up.
 * Exact (integers of any size), for a positive denominator and a non-negative numerator.
 */
export const arrondir = (numerator: bigint, denominator: bigint): Centimes =>
  centimes(Number((2n * numerator + denominator) / (2n * denominator)));

export const somme = (amounts: readonly Centimes[]): Centimes =>
  centimes(amounts.reduce((sum, amount) => sum + amount, 0));

/**
 * Splits an amount by whole non-negative weights, by largest remainder: the parts add up to the amount to the cent,
 * and each is within a cent of its exact share. Equal remainders go to the first. Empty without any positive weight.
 */
export const repartir = (montant: Centimes, poids: readonly number[]): readonly Centimes[] => {
  const total = poids.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (total === 0n) return [];
  const shares = poids.map((weight, index) => {
    const exact = BigInt(montant) * BigInt(weight);
    return { index, base: exact / total, remainder: exact % total };
  });
  const missing = Number(BigInt(montant) - shares.reduce((sum, { base }) => sum + base, 0n));
  const favoured = new Set(
    [...shares]
      .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
      .slice(0, missing)
      .map(({ index }) => index),
  );
  return shares.map(({ index, base }) => centimes(Number(base) + (favoured.has(index) ? 1 : 0)));
};
