import { sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import { enInstant } from '../../platform/database/instants.ts';
import { motifDeLaLigne } from '../../platform/historique.ts';
import { invitationExpiree } from '../invitations/invitations.store.ts';

/** Today in Paris, as the database knows it. */
export const lireJour = async (db: Database): Promise<string> => {
  const { rows } = await sql<{ jour: string }>`
    select to_char(now() at time zone 'Europe/Paris', 'YYYY-MM-DD') as jour`.execute(db);
  return rows[0]?.jour ?? '';
};

export type PersonneVisible = {
  readonly id: string;
  readonly prenom: string;
  readonly nom: string;
  readonly courriel: string;
  readonly desactivee: boolean;
  readonly version: number;
  /** ISO instants. */
  readonly creeLe: string;
  readonly vueLe: string | null;
  readonly desactiveeLe: string | null;
};

const colonnes = sql`personne.id, personne.prenom, personne.nom, personne.courriel, personne.version,
  personne.desactivee_le is not null as desactivee, ${enInstant('personne.cree_le')} as "creeLe",
  ${enInstant('personne.vue_le')} as "vueLe", ${enInstant('personne.desactivee_le')} as "desactiveeLe"`;

/** Somebody whom the acting role sees. */
export const findPersonneVisible = async (db: Database, id: string): Promise<PersonneVisible | undefined> =>
  (
    await sql<PersonneVisible>`select ${colonnes} from personne where id = ${id} and effacee_le is null`.execute(
      db,
    )
  ).rows[0];

/** Somebody whom the acting role sees, by their address. */
export const findPersonneParCourriel = async (
  db: Database,
  courriel: string,
): Promise<PersonneVisible | undefined> =>
  (await sql<PersonneVisible>`select ${colonnes} from personne where courriel = ${courriel}`.execute(db))
    .rows[0];

/** Devices that an account is open on; for administrators. */
export const compterAppareils = async (db: Database, personne: string): Promise<number> =>
  (await sql<{ nombre: number }>`select compter_appareils(${personne}::uuid) as nombre`.execute(db)).rows[0]
    ?.nombre ?? 0;

/** How many people may come in, and how many invitations wait for an answer, as the acting role sees them. */
export const compterComptes = async (
  db: Database,
): Promise<{ readonly personnes: number; readonly invitations: number; readonly expirees: number }> =>
  (
    await sql<{ personnes: number; invitations: number; expirees: number }>`
      select (select count(*) from personne where desactivee_le is null) as personnes,
        count(*) filter (where expire_le > now()) as invitations,
        count(*) filter (where ${invitationExpiree}) as expirees
      from invitation where statut = 'envoyee'`.execute(db)
  ).rows[0] ?? { personnes: 0, invitations: 0, expirees: 0 };

/** Whether somebody has a second factor, which the journal alone tells outside signing in; for administrators. */
export const aUnSecondFacteur = async (db: Database, personne: string): Promise<boolean> =>
  (
    await sql<{ acte: string }>`select acte from journal
      where objet_type = 'personne' and objet_id = ${personne}
        and acte in ('acces.installer_second_facteur', 'acces.retirer_second_facteur')
      order by id desc limit 1`.execute(db)
  ).rows[0]?.acte === 'acces.installer_second_facteur';

/** Shuts an account, or opens it again; false when it was so already, or changed meanwhile. */
export const changerActivite = async (
  db: Database,
  { id, version, active }: { readonly id: string; readonly version: number; readonly active: boolean },
): Promise<boolean> => {
  const { numAffectedRows } = await sql`update personne
    set desactivee_le = ${active ? null : sql`now()`}, version = version + 1
    where id = ${id} and version = ${version} and (desactivee_le is null) = ${!active} and effacee_le is null`.execute(
    db,
  );
  return Number(numAffectedRows ?? 0n) === 1;
};

export type FaitDeCompte = {
  readonly id: number;
  readonly instant: string;
  readonly acte: string;
  readonly motif: string | null;
  readonly auteur: string | null;
  /** The role that it was about. */
  readonly attribution: string | null;
};

/** What was done to an account, the newest first: what the acting role may read of the journal. */
export const listFaitsDeCompte = async (db: Database, personne: string): Promise<readonly FaitDeCompte[]> =>
  (
    await sql<FaitDeCompte>`
      select journal.id, ${enInstant('journal.instant')} as instant, acte, ${motifDeLaLigne} as motif, auteur.prenom || ' ' || auteur.nom as auteur,
        contenu->>'attribution' as attribution
      from journal
      left join personne auteur on journal.acteur = 'personne:' || auteur.id
      where objet_type = 'personne' and objet_id = ${personne}
        and (acte in ('acces.desactiver_personne', 'acces.reactiver_personne', 'acces.changer_courriel',
            'acces.retirer_second_facteur', 'acces.rendre_role')
          -- A removal that lasts is read from the role itself.
          or acte = 'acces.retirer_role' and exists (select from journal rendu where rendu.objet_type = 'personne'
            and rendu.objet_id = journal.objet_id and rendu.acte = 'acces.rendre_role' and rendu.id > journal.id
            and rendu.contenu->>'attribution' = journal.contenu->>'attribution'))
      order by journal.id desc limit 50`.execute(db)
  ).rows;

/** Minutes during which a search may be read again from its address. */
const minutesDeRecherche = 60;

/**
 * Keeps what somebody searches, for themselves and for an hour: the address of the results names the search and not
 * the person who is looked for, so that no name is left in histories and logs, and pages and files still follow it.
 */
export const ecrireRecherche = async (db: Database, terme: string): Promise<string> => {
  await sql`delete from recherche_personne where personne_id = acteur_personne()
    and cree_le < now() - make_interval(mins => ${minutesDeRecherche})`.execute(db);
  const { rows } = await sql<{ id: string }>`
    insert into recherche_personne (personne_id, terme) values (acteur_personne(), ${terme}) returning id`.execute(
    db,
  );
  const row = rows[0];
  if (row === undefined) throw new Error('an insert returns its row');
  return row.id;
};

/** What a search of one's own looks for; undefined when it is too old. */
export const lireRecherche = async (db: Database, id: string): Promise<string | undefined> =>
  (
    await sql<{ terme: string }>`select terme from recherche_personne
      where id = ${id} and personne_id is not distinct from acteur_personne() and cree_le > now() - make_interval(mins => ${minutesDeRecherche})`.execute(
      db,
    )
  ).rows[0]?.terme;
