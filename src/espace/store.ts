import { sql } from 'kysely';
import { type Database, planGarde } from '../platform/database/index.ts';
import { enInstant } from '../platform/database/instants.ts';
import { chercherJournal, type Phrases } from '../platform/historique.ts';
import { nommerObjets, type ObjetNomme } from '../platform/objets.ts';
import { montant, postes } from '../statistiques/index.ts';
import { libellePublic } from '../structures/index.ts';

/** Where somebody looks: everywhere, on a territory, or at structures that are theirs. */
export type Regard =
  | { readonly sur: 'france' }
  | { readonly sur: 'region' | 'departement'; readonly code: string }
  | { readonly sur: 'structures' };

const lignesDe = (regard: Regard) => {
  switch (regard.sur) {
    case 'france':
      return sql`true`;
    case 'region':
      return sql`l.region_code = ${regard.code}`;
    case 'departement':
      return sql`l.departement_code = ${regard.code}`;
    case 'structures':
      // As a list of values, so that only those rows are read.
      return sql`l.structure_id = any (array(select acteur_structures_siennes()))`;
  }
};

export type Annonce = {
  readonly instant: string;
  readonly departement: string;
  readonly locatif: string;
  readonly seance: string;
  readonly decisions: number;
  /** The session's communiqué there is published. */
  readonly communique: boolean;
};

/** What was announced since an instant where one looks, the latest first. */
export const listAnnonces = async (
  db: Database,
  regard: Regard,
  depuis: string | null,
  limite: number,
): Promise<readonly Annonce[]> =>
  (
    await sql<Annonce>`${planGarde}
      select ${enInstant(sql`max(l.publiee_le)`)} as instant, d.code as departement, d.locatif, l.seance_date as seance,
        count(distinct l.decision_id) as decisions, bool_or(communique.id is not null) as communique
      from ligne_retenue l
      join departement d on d.code = l.departement_code
      left join communique on communique.seance_id = l.seance_id and communique.departement_code = d.code
        and communique.statut = 'publie' and communique.publie_le <= now()
      where l.publiee_le <= now() and l.publiee_le > coalesce(${depuis}::timestamptz, '-infinity') and ${lignesDe(regard)}
      group by d.code, l.seance_date order by max(l.publiee_le) desc, d.code limit ${limite}`.execute(db)
  ).rows;

export type ActeRecent = {
  readonly id: number;
  readonly instant: string;
  readonly phrase: string;
  readonly auteur: string;
  /** What it was done to, in words. */
  readonly objet: ObjetNomme;
  /** The département whose file it belongs to, where the thing does not say. */
  readonly departement: string | null;
};

/** Told apart, or of no interest to anybody else. */
const tus = ['candidatures.annoncer', 'communique.publier', 'communique.publier_directement', 'acces.*'];

/** Kinds of things whose name holds their département. */
const disentLeDepartement: ReadonlySet<string> = new Set(['communique', 'prefecture']);

/** What others did since an instant that the acting person may read, the latest first; announcements are told apart. */
export const listActesRecents = async (
  db: Database,
  phrases: Phrases,
  depuis: string,
  limite: number,
): Promise<readonly ActeRecent[]> => {
  const evenements = await chercherJournal(db, phrases, {
    apres: depuis,
    desAutres: true,
    sauf: tus,
    limite,
  });
  const nommer = await nommerObjets(
    db,
    evenements.map(({ objet }) => objet),
  );
  return evenements.map(({ objet, departement, ...evenement }) => {
    const nomme = nommer(objet);
    const dit = disentLeDepartement.has(objet.type) && nomme.nom !== undefined;
    return { ...evenement, objet: nomme, departement: dit ? null : departement };
  });
};

export type MaStructure = {
  readonly id: string;
  readonly libelle: string;
  readonly commune: string | null;
  readonly postes: number;
  /** In cents. */
  readonly montant: number;
  /** It has a public page. */
  readonly annoncee: boolean;
};

/** Structures where one looks, with what they received (the indicators, row by row), and how many there are. */
export const listMesStructures = async (
  db: Database,
  regard: Regard,
  limite: number,
): Promise<{ readonly total: number; readonly structures: readonly MaStructure[] }> => {
  const { rows } = await sql<{
    id: string;
    total: number;
    identifiant: string | null;
    raisonSociale: string | null;
    libellePublic: string | null;
    communeNom: string | null;
    epciNom: string | null;
    departementGenitif: string;
    postes: number;
    montant: number;
    annoncee: boolean;
  }>`${planGarde}
    select structure.id, count(*) over () as total, structure.identifiant, structure.raison_sociale as "raisonSociale",
      structure.libelle_public as "libellePublic", commune.nom as "communeNom", siege.nom as "epciNom",
      coalesce(departement.genitif, '') as "departementGenitif", coalesce(recue.postes, 0) as postes,
      coalesce(recue.montant, 0) as montant, coalesce(recue.annoncee, false) as annoncee
    from (
      select l.structure_id, ${postes.sql} as postes, ${montant.sql} as montant, bool_or(l.publiee_le <= now()) as annoncee
      from ligne_retenue l where ${lignesDe(regard)} group by l.structure_id
    ) recue
    ${regard.sur === 'structures' ? sql`right join` : sql`join`} structure on structure.id = recue.structure_id
    left join commune on commune.code = structure.commune_code
    left join departement on departement.code = commune.departement_code
    left join epci siege on siege.code = left(structure.identifiant, 9)
    where ${regard.sur === 'structures' ? sql`structure.id = any (array(select acteur_structures_siennes()))` : sql`true`}
    order by commune.nom_recherche, structure.raison_sociale_recherche, structure.id limit ${limite}`.execute(
    db,
  );
  return {
    total: rows[0]?.total ?? 0,
    structures: rows.map(({ id, communeNom, postes: posts, montant: amount, annoncee, ...denomination }) => ({
      id,
      libelle: libellePublic({ ...denomination, communeNom }),
      commune: communeNom,
      postes: posts,
      montant: amount,
      annoncee,
    })),
  };
};

/** Names of départements by code. */
export const listNoms = async (
  db: Database,
  codes: readonly string[],
): Promise<ReadonlyMap<string, string>> =>
  new Map(
    (
      await sql<{
        code: string;
        nom: string;
      }>`select code, nom from departement where code = any (${codes})`.execute(db)
    ).rows.map(({ code, nom }) => [code, nom]),
  );
