import { randomInt } from 'node:crypto';
import type pg from 'pg';

/** The id that a statement returns. */
export const un = async (
  owner: pg.Client,
  texte: string,
  valeurs: readonly unknown[] = [],
): Promise<string> => {
  const { rows } = await owner.query<{ id: string }>(texte, [...valeurs]);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error(`no row: ${texte}`);
  return id;
};

/**
 * A structure of the Côte-d’Or, in any commune: hundreds in one commune, or applications of one structure, would be
 * compared with each other each time one is added.
 */
export const structureAilleurs = (
  owner: pg.Client,
  { nom = 'CANARI', aVerifier = false }: { readonly nom?: string; readonly aVerifier?: boolean } = {},
): Promise<string> =>
  un(
    owner,
    `insert into structure (identifiant_type, identifiant, raison_sociale, raison_sociale_recherche, commune_code, a_verifier)
     select 'siret', $1, $2, upper($2), code, $3 from commune where departement_code = '21' order by random() limit 1
     returning id`,
    [String(randomInt(10 ** 13, 10 ** 14)), nom, aVerifier],
  );
