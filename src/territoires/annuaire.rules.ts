import { departementSelonCodePostal, normaliserNomImporte } from './rules.ts';

export type CommuneConnue = {
  readonly code: string;
  readonly nom: string;
  readonly nomRecherche: string;
  readonly departementCode: string;
  readonly latitude: number;
  readonly longitude: number;
};

export type Ancienne = { readonly code: string; readonly nomRecherche: string; readonly communeCode: string };
export type CodePostal = { readonly communeCode: string; readonly codePostal: string };

/** All communes in memory, for reading a large file: a fixed 40 MB or so, whatever the file's length. */
export type Annuaire = {
  readonly communes: ReadonlyMap<string, CommuneConnue>;
  readonly anciennes: ReadonlyMap<string, string>;
  readonly parNom: ReadonlyMap<string, readonly string[]>;
  readonly parAncienNom: ReadonlyMap<string, readonly string[]>;
  readonly codesPostaux: ReadonlyMap<string, ReadonlySet<string>>;
};

/** What is known of communes, part by part; a former code met again leads to the last commune said. */
export type PartAnnuaire = {
  readonly communes?: readonly CommuneConnue[];
  readonly anciennes?: readonly Ancienne[];
  readonly codesPostaux?: readonly CodePostal[];
};

const ranger = (groups: Map<string, string[]>, key: string, value: string): void => {
  const kept = groups.get(key);
  if (kept) kept.push(value);
  else groups.set(key, [value]);
};

/** An empty directory and what fills it: 80 000 rows in one go would hold the server. */
export const commencerAnnuaire = (): {
  readonly annuaire: Annuaire;
  readonly ajouter: (part: PartAnnuaire) => void;
} => {
  const communes = new Map<string, CommuneConnue>();
  const anciennes = new Map<string, string>();
  const parNom = new Map<string, string[]>();
  const parAncienNom = new Map<string, string[]>();
  const codesPostaux = new Map<string, Set<string>>();
  return {
    annuaire: { communes, anciennes, parNom, parAncienNom, codesPostaux },
    ajouter: (part) => {
      for (const commune of part.communes ?? []) {
        communes.set(commune.code, commune);
        ranger(parNom, commune.nomRecherche, commune.code);
      }
      for (const { code, nomRecherche, communeCode } of part.anciennes ?? []) {
        anciennes.set(code, communeCode);
        ranger(parAncienNom, nomRecherche, communeCode);
      }
      for (const { communeCode, codePostal } of part.codesPostaux ?? []) {
        const kept = codesPostaux.get(communeCode);
        if (kept) kept.add(codePostal);
        else codesPostaux.set(communeCode, new Set([codePostal]));
      }
    },
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
