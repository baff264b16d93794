import { typographier } from './typographie.ts';

/** The lines above the name of who signs: « Pour le préfet et par délégation, », « La secrétaire générale ». */
export const avantSignature = ({
  fonction,
  delegation,
}: {
  readonly fonction: string;
  readonly delegation: string | null;
}): readonly string[] => [
  ...(delegation === null ? [] : ['Pour le préfet et par délégation,']),
  typographier(fonction),
];
