import type { Database } from './database/index.ts';
import type { Role } from './journal.ts';

/** How much of a task waits for the acting person. */
export type Compte = {
  readonly nombre: number;
  /** The nearest due date, ISO day or instant; null where nothing presses. */
  readonly echeance?: string | null;
  /** Where the only one of them is done; the task's own address where absent. */
  readonly href?: string | null;
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
  /** Counts what waits for whoever acts in the transaction of `db`, in one query at most. */
  readonly compter: (db: Database) => Promise<Compte>;
};

/** Declares a task. */
export const defineTacheAFaire = (tache: TacheAFaire): TacheAFaire => tache;

export type ChoseAFaire = {
  readonly type: string;
  readonly texte: string;
  readonly href: string;
  readonly echeance: string | null;
};

/** What waits for a role, most urgent first: by due date, then in the order of the catalogue. */
export const listerAFaire = async (
  db: Database,
  taches: readonly TacheAFaire[],
  role: Role,
): Promise<readonly ChoseAFaire[]> => {
  const waiting: ChoseAFaire[] = [];
  for (const { type, roles, libelle, href, compter } of taches) {
    if (!roles.includes(role)) continue;
    const compte = await compter(db);
    if (compte.nombre > 0)
      waiting.push({
        type,
        texte: libelle(compte.nombre),
        href: (compte.nombre === 1 ? compte.href : null) ?? href,
        echeance: compte.echeance ?? null,
      });
  }
  const rang = ({ echeance }: ChoseAFaire): string => echeance ?? '9999';
  return waiting.toSorted((left, right) => rang(left).localeCompare(rang(right)));
};
