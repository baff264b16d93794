import { sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import { normaliserNom } from '../../territoires/index.ts';

export type NouvelleOuverture = {
  readonly empreinte: Buffer;
  readonly courriel: string;
  readonly prenom: string;
  readonly nom: string;
  readonly genre: string;
  readonly identifiant: string;
  readonly raisonSociale: string;
  readonly commune: string;
};

/** Hours that a link serves, and demands of one address in a day. */
export const heuresDOuverture = 48;
const demandesParJour = 5;

/** Writes a demand; false where the address has made too many today. */
export const ecrireOuverture = async (db: Database, demande: NouvelleOuverture): Promise<boolean> => {
  const { rows } = await sql`
    insert into ouverture (empreinte, courriel, prenom, nom, identifiant_type, identifiant, raison_sociale, commune_code, expire_le)
    select ${demande.empreinte}, ${demande.courriel}, ${demande.prenom}, ${demande.nom}, ${demande.genre},
      ${demande.identifiant}, ${demande.raisonSociale}, ${demande.commune}, now() + make_interval(hours => ${heuresDOuverture})
    where (select count(*) from ouverture where courriel = ${demande.courriel} and cree_le > now() - interval '1 day')
      < ${demandesParJour}
    returning 1`.execute(db);
  return rows.length > 0;
};

export type Ouverture = Omit<NouvelleOuverture, 'empreinte' | 'commune'> & {
  readonly commune: string;
  readonly utilisee: boolean;
};

/** The demand of a link that still serves, or that has served. */
export const findOuverture = async (
  db: Database,
  empreinte: Buffer,
  verrou = false,
): Promise<Ouverture | undefined> => {
  const { rows } = await sql<Ouverture>`
    select courriel, prenom, nom, identifiant_type as genre, identifiant, raison_sociale as "raisonSociale",
      commune_code as commune, utilise_le is not null as utilisee
    from ouverture where empreinte = ${empreinte} and (expire_le > now() or utilise_le is not null)
    ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0];
};

export const structureConnue = async (db: Database, genre: string, identifiant: string): Promise<boolean> => {
  const { rows } = await sql`
    select from structure where identifiant_type = ${genre} and identifiant = ${identifiant}`.execute(db);
  return rows.length > 0;
};

/** Makes the structure, its manager and their role; undefined where the structure came in meanwhile. */
export const ouvrirStructure = async (
  db: Database,
  demande: Ouverture,
): Promise<{ readonly personne: string; readonly structure: string } | undefined> => {
  const { rows: structures } = await sql<{ id: string }>`
    insert into structure (identifiant_type, identifiant, raison_sociale, raison_sociale_recherche, commune_code, a_verifier, sources)
    values (${demande.genre}, ${demande.identifiant}, ${demande.raisonSociale}, nom_recherche(${demande.raisonSociale}),
      ${demande.commune}, true, '{saisie}')
    on conflict do nothing returning id`.execute(db);
  const structure = structures[0]?.id;
  if (structure === undefined) return undefined;
  await sql`
    insert into personne (courriel, prenom, nom, courriel_verifie_le)
    values (${demande.courriel}, ${demande.prenom}, ${demande.nom}, now())
    on conflict (courriel) do nothing`.execute(db);
  const { rows: personnes } = await sql<{ id: string }>`
    select id from personne where courriel = ${demande.courriel} and desactivee_le is null`.execute(db);
  const personne = personnes[0]?.id;
  if (personne === undefined) return undefined;
  await sql`
    insert into attribution (personne_id, role, niveau, structure_id, motif)
    values (${personne}, 'gestionnaire', 'structure', ${structure}, 'compte ouvert pour candidater')`.execute(
    db,
  );
  return { personne, structure };
};

export const noterOuverte = async (
  db: Database,
  empreinte: Buffer,
  personne: string | null,
): Promise<void> => {
  await sql`update ouverture set utilise_le = now(), personne_id = ${personne} where empreinte = ${empreinte}`.execute(
    db,
  );
};

export type CommuneProposee = { readonly code: string; readonly nom: string };

/** The communes of a name or a postal code. */
export const trouverCommunes = async (db: Database, texte: string): Promise<readonly CommuneProposee[]> => {
  const { rows } = await sql<CommuneProposee>`
    select commune.code, commune.nom || ' (' || departement.nom || ')' as nom
    from commune join departement on departement.code = commune.departement_code
    where commune.code in (
      select code from commune where nom_recherche = ${normaliserNom(texte)}
      union select commune_code from commune_code_postal where code_postal = ${texte.trim()}
      union select ${texte.trim()})
    order by commune.nom, commune.code limit 60`.execute(db);
  return rows;
};

/** The communes whose name begins so, to choose from, the largest first. */
export const proposerCommunes = async (db: Database, texte: string): Promise<readonly CommuneProposee[]> =>
  normaliserNom(texte) === ''
    ? []
    : (
        await sql<CommuneProposee>`
          select commune.code, commune.nom || ' (' || departement.nom || ')' as nom
          from commune join departement on departement.code = commune.departement_code
          where nom_recherche like ${`${normaliserNom(texte)}%`}
          order by population desc, commune.code limit 60`.execute(db)
      ).rows;
