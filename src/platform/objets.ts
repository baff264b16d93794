import { type RawBuilder, sql } from 'kysely';
import type { Database } from './database/index.ts';
import { dateDuDomaine } from './dates.ts';
import { dateLongue } from './francais/index.ts';
import { nomDObjet } from './genres.ts';

/** A thing as the journal names it. */
type Objet = { readonly type: string; readonly id: string };

/** A thing in words, and its page where it has one. */
export type ObjetNomme = {
  readonly texte: string;
  readonly href: string | undefined;
  /** Its name without its kind, where it was found and has one. */
  readonly nom: string | undefined;
};

const estUuid = (id: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);

type Nomme = {
  readonly type: string;
  readonly id: string;
  readonly nom: string;
  /** What its page is found by, where that is not its id. */
  readonly repere: string;
};

const pages: Readonly<Record<string, (objet: Nomme) => string>> = {
  personne: ({ id }) => `/personnes/${id}`,
  communique: ({ repere }) => `/prefecture/communiques/${repere}`,
  import_depot: ({ id }) => `/administration/imports/${id}`,
  invitation: ({ id }) => `/invitations/${id}`,
  revendication: ({ id }) => `/revendications/${id}`,
  vague: ({ id }) => `/administration/vagues/${id}`,
  regime: ({ id }) => `/administration/regimes/${id}`,
  enveloppe: ({ id }) => `/administration/enveloppes/${id}`,
  courriel: ({ id }) => `/administration/courriels/${id}`,
  structure: ({ id }) => `/espace/structures/${id}`,
  candidature: ({ repere }) => repere,
  seance: ({ repere }) => `/espace/seances/${repere}`,
};

/** How each kind that has names is read: behind the row wall each costs, so only those that are there are asked. */
const lectures: Readonly<Record<string, (ids: readonly string[]) => RawBuilder<Nomme>>> = {
  personne: (
    ids,
  ) => sql`select 'personne' as type, id::text, prenom || ' ' || nom as nom, '' as repere from personne
    where id = any (${ids}::uuid[])`,
  communique: (ids) => sql`
    select 'communique' as type, c.id::text, d.nom || ', séance du ' || s.date as nom,
      c.departement_code || '/' || s.date as repere
    from communique c join departement d on d.code = c.departement_code join seance s on s.id = c.seance_id
    where c.id = any (${ids}::uuid[])`,
  seance: (ids) => sql`select 'seance' as type, id::text, date::text as nom, date::text as repere from seance
    where id = any (${ids}::uuid[])`,
  structure: (
    ids,
  ) => sql`select 'structure' as type, id::text, coalesce(raison_sociale, libelle_public, '') as nom, '' as repere
    from structure where id = any (${ids}::uuid[])`,
  // Each side has its own page of it; the committee reads it in its sessions.
  candidature: (ids) => sql`
    select 'candidature' as type, candidature.id::text,
      'n° ' || numero || ', ' || coalesce(raison_sociale, libelle_public, identifiant, '') as nom,
      case (select acteur_role()) when 'gestionnaire' then '/candidatures/' || candidature.id
        when 'membre_comite' then '' else '/prefecture/candidatures/' || candidature.id end as repere
    from candidature join structure on structure.id = structure_id
    where candidature.id = any (${ids}::uuid[]) and statut not in ('brouillon', 'abandonnee')`,
  import_depot: (
    ids,
  ) => sql`select 'import_depot' as type, id::text, fichier as nom, '' as repere from import_depot
    where id = any (${ids}::uuid[])`,
  invitation: (
    ids,
  ) => sql`select 'invitation' as type, id::text, prenom || ' ' || nom as nom, '' as repere from invitation
    where id = any (${ids}::uuid[])`,
  revendication: (
    ids,
  ) => sql`select 'revendication' as type, id::text, prenom || ' ' || nom as nom, '' as repere from revendication
    where id = any (${ids}::uuid[])`,
  vague: (ids) => sql`select 'vague' as type, id::text, nom, '' as repere from vague
    where id = any (${ids}::uuid[])`,
  regime: (ids) => sql`select 'regime' as type, id::text, libelle as nom, '' as repere from regime
    where id = any (${ids}::uuid[])`,
  enveloppe: (ids) => sql`select 'enveloppe' as type, id::text, nom, '' as repere from enveloppe
    where id = any (${ids}::uuid[])`,
  courriel: (ids) => sql`select 'courriel' as type, id::text, objet as nom, '' as repere from courriel
    where id = any (${ids}::uuid[])`,
  prefecture: (codes) => sql`select 'prefecture' as type, code as id, nom, '' as repere from departement
    where code = any (${codes}::text[])`,
};

/**
 * Names things, as far as the acting person may see them: « Communiqué – Aisne, séance du 12 janvier 2026 ». What has no
 * name of its own is called by its kind.
 */
export const nommerObjets = async (
  db: Database,
  objets: readonly Objet[],
): Promise<(objet: Objet) => ObjetNomme> => {
  const requetes = Object.entries(lectures).flatMap(([type, lire]) => {
    const ids = objets.flatMap((objet) =>
      objet.type === type && (type === 'prefecture' || estUuid(objet.id)) ? [objet.id] : [],
    );
    return ids.length === 0 ? [] : [lire([...new Set(ids)])];
  });
  const rows =
    requetes.length === 0 ? [] : (await sql<Nomme>`${sql.join(requetes, sql` union all `)}`.execute(db)).rows;
  const connus = new Map(rows.map((row) => [`${row.type}:${row.id}`, row]));
  return ({ type, id }) => {
    const connu = connus.get(`${type}:${id}`);
    const nom = (connu?.nom ?? (estUuid(id) ? '' : id)).replace(
      /\d{4}-\d\d-\d\d/,
      // A wave may be named anything, days that do not exist included.
      (jour) => (dateDuDomaine.safeParse(jour).success ? dateLongue(jour) : jour),
    );
    const href = connu === undefined ? '' : (pages[type]?.(connu) ?? '');
    return {
      texte: nom === '' ? nomDObjet(type) : `${nomDObjet(type)} – ${nom}`,
      href: href === '' ? undefined : href,
      nom: connu === undefined || nom === '' ? undefined : nom,
    };
  };
};
