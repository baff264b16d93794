import { sql } from 'kysely';
import type { Database } from './database/index.ts';
import { dateLongue } from './francais/index.ts';
import { nomDObjet } from './genres.ts';

/** A thing as the journal names it. */
type Objet = { readonly type: string; readonly id: string };

/** A thing in words, and its page where it has one. */
export type ObjetNomme = { readonly texte: string; readonly href: string | undefined };

const estUuid = (id: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);

type Nomme = { readonly type: string; readonly id: string; readonly nom: string; readonly jour: string };

const pages: Readonly<Record<string, (objet: Nomme) => string>> = {
  personne: ({ id }) => `/personnes/${id}`,
  communique: ({ jour }) => `/prefecture/communiques/${jour}`,
  import_depot: ({ id }) => `/administration/imports/${id}`,
  invitation: ({ id }) => `/invitations/${id}`,
  revendication: ({ id }) => `/revendications/${id}`,
  courriel: ({ id }) => `/administration/courriels/${id}`,
  structure: ({ id, jour }) => (jour === '' ? '' : `/structures/${id}`),
  seance: ({ jour }) => (jour === '' ? '' : `/seances/${jour}`),
};

/**
 * Names things, as far as the acting person may see them: « Communiqué – Aisne, séance du 12 janvier 2026 ». What has no
 * name of its own is called by its kind.
 */
export const nommerObjets = async (
  db: Database,
  objets: readonly Objet[],
): Promise<(objet: Objet) => ObjetNomme> => {
  const de = (type: string) => [
    ...new Set(objets.flatMap((objet) => (objet.type === type && estUuid(objet.id) ? [objet.id] : []))),
  ];
  const { rows } = await sql<Nomme>`
    select 'personne' as type, id::text, prenom || ' ' || nom as nom, '' as jour from personne
      where id = any (${de('personne')}::uuid[])
    union all select 'communique', c.id::text, d.nom || ', séance du ' || s.date, c.departement_code || '/' || s.date
      from communique c join departement d on d.code = c.departement_code join seance s on s.id = c.seance_id
      where c.id = any (${de('communique')}::uuid[])
    union all select 'seance', s.id::text, s.date::text,
        case when exists (select from ligne_retenue l where l.seance_id = s.id and l.publiee_le <= now()) then s.date::text else '' end
      from seance s where s.id = any (${de('seance')}::uuid[])
    union all select 'structure', t.id::text, coalesce(t.raison_sociale, t.libelle_public, ''),
        case when exists (select from ligne_retenue l where l.structure_id = t.id and l.publiee_le <= now()) then 'oui' else '' end
      from structure t where t.id = any (${de('structure')}::uuid[])
    union all select 'import_depot', id::text, fichier, '' from import_depot
      where id = any (${de('import_depot')}::uuid[])
    union all select 'invitation', id::text, prenom || ' ' || nom, '' from invitation
      where id = any (${de('invitation')}::uuid[])
    union all select 'revendication', id::text, prenom || ' ' || nom, '' from revendication
      where id = any (${de('revendication')}::uuid[])
    union all select 'courriel', id::text, objet, '' from courriel where id = any (${de('courriel')}::uuid[])
    union all select 'prefecture', code, nom, '' from departement
      where code = any (${objets.flatMap(({ type, id }) => (type === 'prefecture' ? [id] : []))}::text[])`.execute(
    db,
  );
  const connus = new Map(rows.map((row) => [`${row.type}:${row.id}`, row]));
  return ({ type, id }) => {
    const connu = connus.get(`${type}:${id}`);
    const nom = (connu?.nom ?? (estUuid(id) ? '' : id)).replace(/\d{4}-\d\d-\d\d/, dateLongue);
    const href = connu === undefined ? '' : (pages[type]?.(connu) ?? '');
    return {
      texte: nom === '' ? nomDObjet(type) : `${nomDObjet(type)} – ${nom}`,
      href: href === '' ? undefined : href,
    };
  };
};
