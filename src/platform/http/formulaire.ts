import type { z } from 'zod';
import type { ErreursFormulaire } from '../views/champs.tsx';

/** What a form sent, field by field: one text, several, or files. */
export type Saisie = Readonly<Record<string, string | File | readonly (string | File)[]>>;

/** Read fields, or what is wrong with each; with what was typed in both cases, so that nothing is lost. */
export type Formulaire<Champs> = {
  readonly saisie: Readonly<Record<string, string>>;
  /** Every text of each field, for boxes that are ticked. */
  readonly choix: Readonly<Record<string, readonly string[]>>;
} & (
  | { readonly ok: true; readonly valeurs: Champs }
  | { readonly ok: false; readonly erreurs: ErreursFormulaire }
);

/** Texts as typed, for showing the form again; a file cannot be put back in its field. */
const textes = (saisie: Saisie): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(saisie).flatMap(([nom, valeur]) => (typeof valeur === 'string' ? [[nom, valeur]] : [])),
  );

const tousLesTextes = (saisie: Saisie): Formulaire<unknown>['choix'] =>
  Object.fromEntries(
    Object.entries(saisie).map(([nom, valeur]) => [
      nom,
      [valeur].flat().filter((texte): texte is string => typeof texte === 'string'),
    ]),
  );

/** For what no form of ours sends: the schemas speak for themselves of what people type. */
const malforme = () => 'Ce champ n’a pas la forme attendue : rechargez la page, puis recommencez.';

/** Reads the fields of a form; the first thing that is wrong with a field is its message. */
export const lireFormulaire = <Champs>(schema: z.ZodType<Champs>, saisie: Saisie): Formulaire<Champs> => {
  const parsed = schema.safeParse(saisie, { error: malforme });
  const tapee = { saisie: textes(saisie), choix: tousLesTextes(saisie) };
  if (parsed.success) return { ok: true, valeurs: parsed.data, ...tapee };
  const erreurs: Record<string, string> = {};
  for (const { path, message } of parsed.error.issues) erreurs[String(path[0] ?? 'formulaire')] ??= message;
  return { ok: false, erreurs, ...tapee };
};
