/** An expected "no": a stable code for programs and a French sentence that says what to do. */
export type Refus<Code extends string = string> = {
  readonly ok: false;
  readonly refus: Code;
  readonly message: string;
};

export type Resultat<Valeur, Code extends string = string> =
  | { readonly ok: true; readonly valeur: Valeur }
  | Refus<Code>;

export const reussi = <Valeur>(valeur: Valeur): { readonly ok: true; readonly valeur: Valeur } => ({
  ok: true,
  valeur,
});

export const refuser = <Code extends string>(refus: Code, message: string): Refus<Code> => ({
  ok: false,
  refus,
  message,
});

/**
 * Carries a refusal out of a transaction so that it is rolled back; `enRefus` turns it back into a value.
 * It is the one place where a refusal travels as an exception.
 */
const refusal = Symbol('refusal');
type Carried = Error & { readonly [refusal]: Refus };

/** Rolls the current transaction back with a refusal. */
export const abandonner = (refus: Refus): never => {
  throw Object.assign(new Error(refus.message), { [refusal]: refus });
};

const isCarried = (error: unknown): error is Carried => error instanceof Error && refusal in error;

/** Runs `work` and gives a refusal carried by `abandonner` back as a value; faults go on. */
export const enRefus = async <Valeur>(work: () => Promise<Valeur>): Promise<Valeur | Refus> => {
  try {
    return await work();
  } catch (error) {
    if (isCarried(error)) return error[refusal];
    throw error;
  }
};

/** The value of a result; a refusal is carried out to the nearest `enRefus`, undoing the transaction on its way. */
export const exiger = <Valeur>(resultat: { readonly ok: true; readonly valeur: Valeur } | Refus): Valeur =>
  resultat.ok ? resultat.valeur : abandonner(resultat);
