/** The level `eidasN` as a number; undefined for levels of other families. */
const eidas = (acr: string): number | undefined => {
  const [, niveau] = /^eidas([0-3])$/.exec(acr) ?? [];
  return niveau === undefined ? undefined : Number(niveau);
};

/** Whether the level that was reached answers what was asked: one of those, or a higher one of the same scale. */
export const acrSuffit = (demandes: string | undefined, obtenu: string | undefined): boolean => {
  if (demandes === undefined) return true;
  if (obtenu === undefined) return false;
  const reached = eidas(obtenu);
  return demandes.split(' ').some((demande) => {
    const asked = eidas(demande);
    return demande === obtenu || (asked !== undefined && reached !== undefined && reached >= asked);
  });
};

/** Levels at which the provider had two proofs. */
const acrAvecSecondFacteur: ReadonlySet<string> = new Set([
  'eidas2',
  'eidas3',
  'https://proconnect.gouv.fr/assurance/self-asserted-2fa',
  'https://proconnect.gouv.fr/assurance/consistency-checked-2fa',
]);

/** Whether the provider vouches for a second proof: it need not be asked again. */
export const aSecondFacteur = ({
  acr,
  amr,
}: {
  readonly acr: string | undefined;
  readonly amr: readonly string[];
}): boolean => amr.includes('mfa') || (acr !== undefined && acrAvecSecondFacteur.has(acr));
