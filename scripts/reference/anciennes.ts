import { type NatureAncienne, normaliserNom } from '../../src/territoires/rules.ts';
import { typographic } from './csv.ts';
import type { Commune, CommuneActuelle, Historique } from './sources.ts';

export type Ancienne = {
  readonly code: string;
  readonly nom: string;
  readonly nature: NatureAncienne;
  readonly commune: string;
};

/** Codes that changed with the status of their territory: Mayotte (2011), the northern islands (2008), Corsica (1976). */
const recoded = ({ code }: CommuneActuelle): readonly string[] => {
  if (code === '97701') return ['97123'];
  if (code === '97801') return ['97127'];
  if (code.startsWith('976')) return [`985${code.slice(3)}`];
  if (/^2[AB]/.test(code)) return [`20${code.slice(2)}`];
  return [];
};

/**
 * Every code and name that leads to a current commune: delegated and associated communes and municipal
 * arrondissements of this edition, former codes with the name they had, and earlier names of the same code.
 */
export const formerNames = (
  communes: readonly CommuneActuelle[],
  entries: readonly Commune[],
  history: readonly Historique[],
  earlier: readonly Commune[],
): readonly Ancienne[] => {
  const found = new Map<string, Ancienne>();
  const successor = new Map<string, string>();
  const current = new Map(communes.map((commune) => [commune.code, commune]));
  const add = (code: string, nom: string, nature: NatureAncienne, commune: string): void => {
    // The first declared wins: this edition over the history.
    const known = successor.get(code);
    if (known === undefined) successor.set(code, commune);
    else if (known !== commune) return;
    const name = typographic(nom);
    const key = `${code} ${name}`;
    if (!found.has(key)) found.set(key, { code, nom: name, nature, commune });
  };
  for (const entry of entries) {
    if (entry.type === 'commune-actuelle') continue;
    if (entry.type === 'arrondissement-municipal')
      add(entry.code, entry.nom, 'arrondissement_municipal', entry.commune);
    else
      add(entry.code, entry.nom, entry.type === 'commune-deleguee' ? 'deleguee' : 'associee', entry.chefLieu);
  }
  const names = new Map<string, Set<string>>();
  for (const { code, nom } of [...history, ...earlier])
    names.set(code, (names.get(code) ?? new Set()).add(nom));
  for (const commune of communes) {
    const own = normaliserNom(commune.nom);
    for (const code of [...(commune.anciensCodes ?? []), ...recoded(commune)]) {
      for (const nom of names.get(code) ?? [commune.nom]) {
        add(code, nom, normaliserNom(nom) === own ? 'ancien_code' : 'fusionnee', commune.code);
      }
    }
    for (const nom of names.get(commune.code) ?? []) {
      if (normaliserNom(nom) !== own) add(commune.code, nom, 'ancien_nom', commune.code);
    }
  }
  // Chains: a former code may lead to another former one.
  const arrived = (code: string): string => {
    const next = current.has(code) ? undefined : successor.get(code);
    return next === undefined ? code : arrived(next);
  };
  return (
    [...found.values()]
      .map((ancienne) => ({ ...ancienne, commune: arrived(ancienne.commune) }))
      // Nobody searches for a name that the commune bears under the same code.
      .filter(
        ({ code, nom, commune }) =>
          code !== commune || normaliserNom(nom) !== normaliserNom(current.get(commune)?.nom ?? ''),
      )
  );
};
