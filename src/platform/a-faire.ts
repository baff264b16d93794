import { type RawBuilder, sql } from 'kysely';
import { type Database, planGarde } from './database/index.ts';
import type { Role } from './journal.ts';

/** How much of a task waits for the acting person. */
export type Compte = {
  readonly nombre: number;
  /** The nearest due date, ISO day or instant; null where nothing presses. */
  readonly echeance: string | null;
  /** Where the only one of them is done; null: the task's own address. */
  readonly href: string | null;
};

/** A kind of thing that waits for people: rooms declare theirs, and each role's page lists those of the role. */
export type TacheAFaire = {
  /** « communique.a_relire » */
  readonly type: string;
  readonly roles: readonly [Role, ...Role[]];
  /** « 2 communiqués à relire » */
  readonly libelle: (nombre: number) => string;
  /** Where they are done. */
  readonly href: string;
  /** Its date is that of something to come, not a day before which it must be done. */
  readonly evenement?: true;
  /** Counts, in a row, what waits for whoever acts: all tasks of a role are asked for at once. */
  readonly requete: RawBuilder<Compte>;
};

/** Declares a task. */
export const defineTacheAFaire = (tache: TacheAFaire): TacheAFaire => tache;

export type ChoseAFaire = {
  readonly type: string;
  readonly texte: string;
  readonly href: string;
  readonly echeance: string | null;
  readonly evenement: boolean;
};

/** What waits for a role, most urgent first: by due date, then in the order of the catalogue. One query. */
export const listerAFaire = async (
  db: Database,
  taches: readonly TacheAFaire[],
  role: Role,
): Promise<readonly ChoseAFaire[]> => {
  const siennes = taches.filter(({ roles }) => roles.includes(role));
  if (siennes.length === 0) return [];
  const parts = siennes.map(
    ({ type, requete }) =>
      sql`select ${type} as type, nombre::int, echeance::text, href::text from (${requete}) as compte`,
  );
  const { rows } = await sql<
    Compte & { type: string }
  >`${planGarde} ${sql.join(parts, sql` union all `)}`.execute(db);
  const comptes = new Map(rows.map((row) => [row.type, row]));
  const waiting = siennes.flatMap(({ type, libelle, href, evenement = false }): readonly ChoseAFaire[] => {
    const compte = comptes.get(type);
    if (compte === undefined || compte.nombre === 0) return [];
    return [
      {
        type,
        texte: libelle(compte.nombre),
        href: (compte.nombre === 1 ? compte.href : null) ?? href,
        echeance: compte.echeance,
        evenement,
      },
    ];
  });
  const rang = ({ echeance }: ChoseAFaire): string => echeance ?? '9999';
  return waiting.toSorted((left, right) => rang(left).localeCompare(rang(right)));
};
