import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../platform/database/index.ts';
import {
  type Contour,
  type NiveauContour,
  normaliserNom,
  type Polygones,
  type PrecisionPosition,
  reparerCodeInsee,
} from './rules.ts';

export type Commune = {
  readonly code: string;
  readonly nom: string;
  readonly departementCode: string;
  readonly departementNom: string;
  /** `null` in an overseas collectivity. */
  readonly regionCode: string | null;
  readonly arrondissementCode: string | null;
  readonly epciCode: string | null;
  readonly population: number;
  readonly latitude: number;
  readonly longitude: number;
  readonly precisionPosition: PrecisionPosition;
};

/** `ancienNom`: the former commune, name or arrondissement by which it was found; `null` when found by its own. */
export type CommuneTrouvee = Commune & { readonly ancienNom: string | null };

const communeColumns = sql`
  commune.code, commune.nom, commune.departement_code as "departementCode", departement.nom as "departementNom",
  departement.region_code as "regionCode", commune.arrondissement_code as "arrondissementCode",
  commune.epci_code as "epciCode", commune.population, commune.latitude, commune.longitude,
  commune.precision_position as "precisionPosition"`;

// « offset 0 », here and below, keeps the planner from reading all communes or postal codes to join a few hundred.
const searchByPostalCode = (
  prefix: string,
  limite: number,
): RawBuilder<CommuneTrouvee> => sql<CommuneTrouvee>`
  select ${communeColumns}, null as "ancienNom"
  from (
    select commune.code
    from (
      select distinct commune_code
      from (select commune_code from commune_code_postal where code_postal like ${`${prefix}%`} offset 0) prefixed
    ) found
    cross join lateral (select code, population from commune where code = found.commune_code offset 0) commune
    order by commune.population desc, commune.code
    limit ${limite}
  ) trouvee
  join commune on commune.code = trouvee.code
  join departement on departement.code = commune.departement_code
  order by commune.population desc, commune.code`;

/** Two letters, or « Saint » alone, begin so many names that no former one would rank among the first. */
const beginsTooMany = /^(..?|sai(n(te?)?)?)$/;

const searchByName = (name: string, limite: number): RawBuilder<CommuneTrouvee> => sql<CommuneTrouvee>`
  with trouvee as (
    (select code, null as ancien_nom, true as exact from commune where nom_recherche = ${name}
      order by population desc, code limit ${limite})
    union all
    (select code, null, false from commune where nom_recherche like ${`${name}%`}
      order by population desc, code limit ${limite})
    union all
    (select commune.code, ancienne.nom, ancienne.nom_recherche = ${name}
      from commune_ancienne ancienne
      cross join lateral (select code, population from commune where code = ancienne.commune_code offset 0) commune
      where ancienne.nom_recherche like ${`${name}%`} and ${!beginsTooMany.test(name)}
      order by ancienne.nom_recherche = ${name} desc, commune.population desc, commune.code, ancienne.nom
      limit ${limite})
  ), meilleure as (
    select distinct on (code) code, ancien_nom, exact from trouvee
    order by code, ancien_nom is not null, exact desc, ancien_nom
  )
  select ${communeColumns}, meilleure.ancien_nom as "ancienNom"
  from meilleure
  join commune on commune.code = meilleure.code
  join departement on departement.code = commune.departement_code
  order by (meilleure.ancien_nom is null and meilleure.exact) desc, meilleure.ancien_nom is not null,
    meilleure.exact desc, commune.population desc, commune.code
  limit ${limite}`;

/**
 * Communes whose name begins with the text (accents, hyphens, capitals and leading articles aside), or whose postal
 * code does when the text is two to five digits. An exact name comes first, then those that begin so, the largest
 * first. From three letters on, a former commune or name leads to the commune of today, after those.
 */
export const chercherCommunes = async (
  db: Database,
  texte: string,
  limite = 10,
): Promise<readonly CommuneTrouvee[]> => {
  const digits = texte.replaceAll(/\s/g, '');
  if (/^\d{2,5}$/.test(digits)) return (await searchByPostalCode(digits, limite).execute(db)).rows;
  const name = normaliserNom(texte);
  if (name === '') return [];
  return (await searchByName(name, limite).execute(db)).rows;
};

/** Every commune that a postal code serves, by name. */
export const listCommunesDuCodePostal = async (
  db: Database,
  codePostal: string,
): Promise<readonly CommuneTrouvee[]> =>
  (
    await sql<CommuneTrouvee>`
      select ${communeColumns}, null as "ancienNom"
      from commune_code_postal served
      join commune on commune.code = served.commune_code
      join departement on departement.code = commune.departement_code
      where served.code_postal = ${codePostal}
      order by commune.nom_recherche collate "C", commune.code`.execute(db)
  ).rows;

/**
 * What may look like a name. « Saint » alone makes thousands alike, which take long to compare: one of them must also
 * have three letters of what follows.
 */
const approchant = (name: string): RawBuilder<boolean> => {
  const [, rest] = /^(?:sainte?s?|ste?)( .{2,})$/.exec(name) ?? [];
  if (rest === undefined) return sql`nom_recherche % ${name}`;
  const trigrams = Array.from({ length: rest.length - 2 }, (_, start) => rest.slice(start, start + 3));
  return sql`nom_recherche like 'saint%'
    and nom_recherche like any (${trigrams.map((trigram) => `%${trigram}%`)}::text[])`;
};

/**
 * Communes whose name looks like the text, the most alike first: what somebody who mistyped may have meant. `ressemblance`
 * goes from 0 to 1 (all the groups of three letters in common); below 0.3 nothing is looked for.
 */
export const chercherCommunesRessemblantes = async (
  db: Database,
  texte: string,
  { ressemblance, limite }: { readonly ressemblance: number; readonly limite: number },
): Promise<readonly CommuneTrouvee[]> => {
  const name = normaliserNom(texte);
  if (!/[a-z]{3}/.test(name)) return [];
  const { rows } = await sql<CommuneTrouvee>`
    select ${communeColumns}, null as "ancienNom"
    from (
      select * from (
        -- « offset 0 »: compared once.
        select code, similarity(nom_recherche, ${name}) as ressemblance, population
        from commune where ${approchant(name)} offset 0
      ) approche
      where ressemblance >= ${ressemblance}
      order by ressemblance desc, population desc, code
      limit ${limite}
    ) trouvee
    join commune on commune.code = trouvee.code
    join departement on departement.code = commune.departement_code
    order by trouvee.ressemblance desc, trouvee.population desc, trouvee.code`.execute(db);
  return rows;
};

/**
 * The communes of INSEE codes, by the code that was asked: current, former (leading to today's commune), or with a
 * lost leading zero. A code that leads nowhere is absent.
 */
export const listCommunesByCode = async (
  db: Database,
  codes: readonly string[],
): Promise<ReadonlyMap<string, CommuneTrouvee>> => {
  const asked = codes.flatMap((code) => {
    const mended = reparerCodeInsee(code);
    return mended ? [{ code, mended: mended.code }] : [];
  });
  const { rows } = await sql<CommuneTrouvee & { readonly demande: string }>`
    select distinct on (demande.code) demande.code as demande, ${communeColumns},
      case when commune.code <> demande.code then ancienne.nom end as "ancienNom"
    from (select distinct unnest(${asked.map(({ mended }) => mended)}::text[]) as code) demande
    left join commune_ancienne ancienne
      on ancienne.code = demande.code and not exists (select from commune where commune.code = demande.code)
    join commune on commune.code = coalesce(ancienne.commune_code, demande.code)
    join departement on departement.code = commune.departement_code
    order by demande.code, ancienne.nature, ancienne.nom`.execute(db);
  const byCode = new Map(rows.map(({ demande, ...commune }) => [demande, commune]));
  return new Map(
    asked.flatMap(({ code, mended }) => {
      const commune = byCode.get(mended);
      return commune ? [[code, commune] as const] : [];
    }),
  );
};

/** The commune of an INSEE code, a former code leading to the commune that took it over. */
export const trouverCommune = async (db: Database, code: string): Promise<CommuneTrouvee | undefined> =>
  (await listCommunesByCode(db, [code])).get(code);

/** Outlines of a level, those of one département's communes only when it is given; ordered by code. */
export const listContours = async (
  db: Database,
  niveau: NiveauContour,
  departementCode?: string,
): Promise<readonly Contour[]> => {
  const { rows } = await sql<Contour>`
    select contour.code, coalesce(commune.nom, departement.nom) as nom, contour.geometrie, contour.officiel,
      contour.source
    from contour
    left join commune on contour.niveau = 'commune' and commune.code = contour.code
    left join departement on contour.niveau = 'departement' and departement.code = contour.code
    where contour.niveau = ${niveau}
      and (${departementCode ?? null}::text is null
        or coalesce(commune.departement_code, departement.code) = ${departementCode ?? null})
    order by contour.code`.execute(db);
  return rows;
};

/** Where imported outlines come from, each source once. */
export const listSourcesContours = async (db: Database): Promise<readonly string[]> => {
  const { rows } = await sql<{ source: string }>`
    select distinct source from contour where officiel order by source`.execute(db);
  return rows.map(({ source }) => source);
};

export type ContourOfficiel = {
  readonly code: string;
  readonly geometrie: Polygones;
  /** Where the commune is from now on; `null` leaves its position (and for a département, always). */
  readonly position: { readonly latitude: number; readonly longitude: number } | null;
};

const batchSize = 500;

/** Writes official outlines and the positions of communes they give, in the caller's transaction. */
export const enregistrerContours = async (
  db: Database,
  niveau: NiveauContour,
  contours: readonly ContourOfficiel[],
  source: string,
): Promise<void> => {
  for (let start = 0; start < contours.length; start += batchSize) {
    const batch = contours.slice(start, start + batchSize);
    await sql`
      insert into contour (niveau, code, geometrie, source, officiel)
      select ${niveau}, d.code, d.geometrie::jsonb, ${source}, true
      from unnest(
        ${batch.map(({ code }) => code)}::text[], ${batch.map(({ geometrie }) => JSON.stringify(geometrie))}::text[]
      ) as d (code, geometrie)
      on conflict (niveau, code) do update
        set geometrie = excluded.geometrie, source = excluded.source, officiel = true`.execute(db);
    const placed = batch.flatMap(({ code, position }) => (position ? [{ code, ...position }] : []));
    await sql`
      update commune set latitude = d.latitude, longitude = d.longitude, precision_position = 'officielle'
      from unnest(
        ${placed.map(({ code }) => code)}::text[], ${placed.map(({ latitude }) => latitude)}::float8[],
        ${placed.map(({ longitude }) => longitude)}::float8[]
      ) as d (code, latitude, longitude)
      where commune.code = d.code`.execute(db);
  }
};
