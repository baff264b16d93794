import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../platform/database/index.ts';
import { natureDeLEpci } from './intercommunalites.store.ts';
import { normaliserNom } from './rules.ts';

export type TerritoireTrouve = {
  readonly type: 'region' | 'departement' | 'epci';
  readonly code: string;
  readonly nom: string;
  /** « région », « département », « collectivité d’outre-mer », « communauté de communes »… */
  readonly nature: string;
  /** Names of the départements in which an EPCI lies, the région of a département; empty for a région. */
  readonly situation: readonly string[];
};

export type TerritoiresTrouves = {
  readonly total: number;
  readonly territoires: readonly TerritoireTrouve[];
};

/** « saint » as the directory abridges it too. */
const contient = (word: string): RawBuilder<boolean> =>
  /^SAINTE?S?$/.test(word)
    ? sql`' ' || recherche || ' ' like any (${[`%${word}%`, `% ${word.replace('AIN', '')} %`]}::text[])`
    : sql`recherche like ${`%${word}%`}`;

/**
 * A pattern that every name with the word fits, whatever its accents: it spares most names the slower comparison
 * without accents.
 */
const approche = (word: string): string =>
  /^SAINT/.test(word)
    ? '%'
    : `%${word
        .toLowerCase()
        .replaceAll(/oe|ae/g, '%')
        .replaceAll(/[aceinouy]/g, '_')}%`;

/** « Communauté de communes du… » is how people write what the directory abridges. */
const natures: readonly (readonly [string, RegExp])[] = [
  ['CC', /^(CC|COMMUNAUTE DE COMMUNES)( (DU|DE|DES|D))?(?= |$)/],
  ['CA', /^(CA|COMMUNAUTE D AGGLOMERATION)( (DU|DE|DES|D))?(?= |$)/],
  ['CU', /^(CU|COMMUNAUTE URBAINE)( (DU|DE|DES|D))?(?= |$)/],
];

/**
 * Régions, départements and EPCI whose name holds every word of the text (accents and capitals aside), or whose code
 * it is (`32`, `2A`, a SIREN). A code or a whole name comes first, then a name that begins with the text, then the
 * largest kind of territory.
 */
export const chercherTerritoires = async (
  db: Database,
  texte: string,
  limite = 10,
): Promise<TerritoiresTrouves> => {
  const name = normaliserNom(texte).toUpperCase();
  if (name === '') return { total: 0, territoires: [] };
  const compact = name.replaceAll(' ', '');
  const code = /^[1-9]$/.test(compact) ? `0${compact}` : compact;
  const [nature, start] = natures.find(([, kind]) => kind.test(name)) ?? ['', /^/];
  const words = name.replace(start, '').split(' ').filter(Boolean);
  const { rows } = await sql<TerritoireTrouve & { readonly total: number }>`
    -- « offset 0 »: each step is done once, the slow ones on what the quick ones left.
    with territoire as (
      select 1 as rang, 'departement' as type, code, nom,
        case nature when 'departement' then 'département' else 'collectivité d’outre-mer' end as nature
      from departement where ${nature === ''}
      union all
      select 2, 'region', code, nom, 'région' from region where ${nature === ''}
      union all
      select 3, 'epci', code, nom, ${natureDeLEpci} from epci where nature = ${nature} or ${nature === ''}
    ), approche as (
      select * from territoire
      where code = ${code} or lower(nom) like all (${words.map(approche)}::text[]) offset 0
    ), cherche as (
      select *, nom_recherche(nom) as recherche from approche offset 0
    ), trouve as (
      select *, count(*) over () as total,
        row_number() over (
          order by code = ${code} desc, recherche = ${name} desc, recherche like ${`${name}%`} desc, rang,
            recherche collate "C", code
        ) as ordre
      from cherche
      where code = ${code} or (${sql.join([sql`true`, ...words.map(contient)], sql` and `)})
      order by ordre
      limit ${limite}
    )
    select type, code, nom, nature, total,
      case type
        when 'epci' then array(
          select departement.nom
          from commune join departement on departement.code = commune.departement_code
          where commune.epci_code = trouve.code
          group by departement.code order by count(*) desc, departement.code
        )
        when 'departement' then array(
          select region.nom from departement join region on region.code = departement.region_code
          where departement.code = trouve.code
        )
        else '{}' end as situation
    from trouve
    order by ordre`.execute(db);
  return {
    total: rows[0]?.total ?? 0,
    territoires: rows.map(({ total: _, ...territoire }) => territoire),
  };
};

/** The postal codes of communes, in order, by the code of the commune. */
export const listCodesPostaux = async (
  db: Database,
  communes: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const { rows } = await sql<{ readonly commune: string; readonly codes: readonly string[] }>`
    select commune_code as commune, array_agg(code_postal order by code_postal) as codes
    from commune_code_postal where commune_code = any (${communes}::text[]) group by commune_code`.execute(
    db,
  );
  return new Map(rows.map(({ commune, codes }) => [commune, codes]));
};
