import { departementSelonCodePostal, normaliserNomImporte } from './rules.ts';

export type CommuneConnue = {
  readonly code: string;
  readonly nom: string;
  readonly nomRecherche: string;
  readonly departementCode: string;
  readonly latitude: number;
  readonly longitude: number;
};

type Ancienne = { readonly code: string; readonly nomRecherche: string; readonly communeCode: string };
type CodePostal = { readonly communeCode: string; readonly codePostal: string };

/** All communes in memory, for reading a large file: a fixed 40 MB or so, whatever the file's length. */
export type Annuaire = {
  readonly communes: ReadonlyMap<string, CommuneConnue>;
  readonly anciennes: ReadonlyMap<string, string>;
  readonly parNom: ReadonlyMap<string, readonly string[]>;
  readonly parAncienNom: ReadonlyMap<string, readonly string[]>;
  readonly codesPostaux: ReadonlyMap<string, ReadonlySet<string>>;
};

const group = <Item>(
  items: readonly Item[],
  key: (item: Item) => string,
  value: (item: Item) => string,
): Map<string, string[]> => {
  const groups = new Map<string, string[]>();
  for (const item of items) {
    const kept = groups.get(key(item));
    if (kept) kept.push(value(item));
    else groups.set(key(item), [value(item)]);
  }
  return groups;
};

export const indexer = (
  communes: readonly CommuneConnue[],
  anciennes: readonly Ancienne[],
  codesPostaux: readonly CodePostal[],
): Annuaire => {
  const postal = group(
    codesPostaux,
    ({ communeCode }) => communeCode,
    ({ codePostal }) => codePostal,
  );
  return {
    communes: new Map(communes.map((commune) => [commune.code, commune])),
    anciennes: new Map(anciennes.map(({ code, communeCode }) => [code, communeCode])),
    parNom: group(
      communes,
      ({ nomRecherche }) => nomRecherche,
      ({ code }) => code,
    ),
    parAncienNom: group(
      anciennes,
      ({ nomRecherche }) => nomRecherche,
      ({ communeCode }) => communeCode,
    ),
    codesPostaux: new Map([...postal].map(([code, codes]) => [code, new Set(codes)])),
  };
};

export type CommuneDemandee = {
  /** As written; `null` when the source gave none. */
  readonly nom: string | null;
  readonly codePostal: string | null;
  readonly code: string | null;
  readonly departement: string | null;
};

export type Ecart = 'inconnue' | 'fusionnee' | 'code_contredit' | 'code_postal_contredit';
export type CommuneResolue = {
  readonly commune: CommuneConnue | undefined;
  readonly ecarts: readonly Ecart[];
};

/**
 * The commune that a name, a postal code and a code mean together. Name and postal code beat the code; a former commune
 * leads to the one that absorbed it; what contradicts is told. Without any agreement the code is believed, then the
 * name where its département has only one such commune; otherwise there is none.
 */
export const resoudreCommune = (annuaire: Annuaire, demande: CommuneDemandee): CommuneResolue => {
  const { codePostal, departement } = demande;
  const nom = demande.nom === null ? '' : normaliserNomImporte(demande.nom);
  const hint = departement ?? (codePostal === null ? null : departementSelonCodePostal(codePostal));
  const pick = (codes: Iterable<string>): CommuneConnue | undefined => {
    const distinct = [...new Set(codes)];
    return distinct.length === 1 && distinct[0] !== undefined
      ? annuaire.communes.get(distinct[0])
      : undefined;
  };
  const served = (code: string): boolean =>
    codePostal !== null && annuaire.codesPostaux.get(code)?.has(codePostal) === true;
  const inHint = (code: string): boolean => annuaire.communes.get(code)?.departementCode === hint;
  const named = annuaire.parNom.get(nom) ?? [];
  const formerlyNamed = (annuaire.parAncienNom.get(nom) ?? []).filter((code) => !named.includes(code));

  const current = demande.code === null ? undefined : annuaire.communes.get(demande.code);
  const former =
    demande.code === null ? undefined : annuaire.communes.get(annuaire.anciennes.get(demande.code) ?? '');
  const byCode = current ?? former;
  const merged: readonly Ecart[] = current === undefined && former !== undefined ? ['fusionnee'] : [];

  const found = (commune: CommuneConnue, ecarts: readonly Ecart[]): CommuneResolue => ({ commune, ecarts });
  // The code agrees: it settles between homonyms of one postal code.
  if (
    byCode &&
    served(byCode.code) &&
    (nom === '' || named.includes(byCode.code) || formerlyNamed.includes(byCode.code))
  ) {
    const renamed = nom !== '' && !named.includes(byCode.code) && merged.length === 0;
    return found(byCode, renamed ? ['fusionnee'] : merged);
  }
  const contradicted: readonly Ecart[] = demande.code === null ? [] : ['code_contredit'];
  const together = pick(named.filter(served));
  if (together) return found(together, byCode?.code === together.code ? merged : contradicted);
  const formerTogether = pick(formerlyNamed.filter(served));
  if (formerTogether)
    return found(formerTogether, [
      'fusionnee',
      ...(byCode?.code === formerTogether.code ? [] : contradicted),
    ]);
  if (byCode) {
    const otherName = nom !== '' && !named.includes(byCode.code) && !formerlyNamed.includes(byCode.code);
    return found(byCode, [
      ...merged,
      ...(otherName ? (['code_contredit'] as const) : []),
      ...(codePostal !== null && !served(byCode.code) ? (['code_postal_contredit'] as const) : []),
    ]);
  }
  const gone = (commune: CommuneConnue): readonly Ecart[] => [
    ...contradicted,
    ...(codePostal !== null && !served(commune.code) ? (['code_postal_contredit'] as const) : []),
  ];
  const inDepartement = pick(named.filter(inHint));
  if (inDepartement) return found(inDepartement, gone(inDepartement));
  const formerInDepartement = pick(formerlyNamed.filter(inHint));
  if (formerInDepartement) return found(formerInDepartement, ['fusionnee', ...gone(formerInDepartement)]);
  return { commune: undefined, ecarts: ['inconnue'] };
};
