import { sql } from 'kysely';
import { type Courriel, deposerCourriels } from './courriel.ts';
import { type Database, enTransaction } from './database/index.ts';
import { de } from './francais/index.ts';
import {
  type Acteur,
  type Inscription,
  journaliser,
  journaliserEnLot,
  type Personnel,
  type Role,
} from './journal.ts';
import { type Refus, type Resultat, refuser, reussi } from './result.ts';

type Transition<Etat extends string> = {
  readonly libelle: string;
  readonly depuis: readonly Etat[];
  readonly vers: Etat;
  readonly qui: readonly Role[];
  /** The act must say why. */
  readonly motifRequis: boolean;
  /**
   * What else must hold, read in the transaction once the thing is in its new state and locked: gives the sentence of
   * the refusal, which undoes it, or nothing when it holds.
   */
  readonly garde?: (db: Database, id: string) => Promise<string | undefined>;
  /** The same guard of many things in one query: the first for which it does not hold. */
  readonly gardeEnLot?: (
    db: Database,
    ids: readonly string[],
  ) => Promise<{ readonly id: string; readonly message: string } | undefined>;
};

/** The states of a thing and the only ways between them. */
export type Workflow<Etat extends string, Nom extends string> = {
  readonly objet: string;
  /** Table with `id`, `statut` and `version`. */
  readonly table: string;
  readonly etats: Readonly<Record<Etat, string>>;
  readonly initial: Etat;
  readonly transitions: Readonly<Record<Nom, Transition<Etat>>>;
  /** Of a thing that is about somebody: keeps a reason where it can be erased, instead of in the journal itself. */
  readonly motifSur?: (id: string, motif: string) => readonly Personnel[];
};

/** Declares a workflow. Refuses, at start, one with a state that cannot be reached. */
export const defineWorkflow = <const Etat extends string, const Nom extends string>(
  workflow: Workflow<Etat, Nom>,
): Workflow<Etat, Nom> => {
  const transitions: readonly Transition<Etat>[] = Object.values(workflow.transitions);
  const reached = new Set<Etat>([workflow.initial]);
  // A set goes through what is added while it is gone through: states that only lead to each other stay out.
  for (const etat of reached)
    for (const { depuis, vers } of transitions) if (depuis.includes(etat)) reached.add(vers);
  const lost = (Object.keys(workflow.etats) as Etat[]).filter((etat) => !reached.has(etat));
  if (lost.length > 0)
    throw new Error(`workflow ${workflow.objet}: no transition leads to ${lost.join(', ')}`);
  return workflow;
};

export type RefusTransition = 'role' | 'motif' | 'etat' | 'version' | 'absent' | 'garde';

type Demande<Nom> = {
  readonly id: string;
  readonly nom: Nom;
  /** The row version that the actor saw. */
  readonly version: number;
  readonly motif?: string;
  /** Put in the outbox with the change: none leaves for an attempt that is refused. */
  readonly courriels?: readonly Courriel[];
} & Pick<Inscription, 'contenu' | 'perimetre' | 'personnel'>;

/** The transitions that a role may ask for from a state: the buttons a user sees. */
export const transitionsPossibles = <Etat extends string, Nom extends string>(
  workflow: Workflow<Etat, Nom>,
  etat: Etat,
  role: Role,
): readonly Nom[] =>
  (Object.keys(workflow.transitions) as Nom[]).filter((nom) => {
    const transition = workflow.transitions[nom];
    return transition.depuis.includes(etat) && transition.qui.includes(role);
  });

/** Why nobody in this role, or without a reason, may do it. */
const interdire = <Etat extends string>(
  { objet }: Workflow<Etat, string>,
  transition: Transition<Etat>,
  acteur: Acteur,
  motif: string,
): Refus<'role' | 'motif'> | undefined => {
  if (!transition.qui.includes(acteur.role))
    return refuser('role', `Votre rôle ne permet pas ${de(transition.libelle)} ${objet}.`);
  if (transition.motifRequis && motif === '')
    return refuser('motif', `Donnez le motif : il est demandé pour ${transition.libelle} ${objet}.`);
  return undefined;
};

/**
 * The only function that changes a status (with the next, for many at once): conditional on state, row version and acting role, with its journal row and
 * its mails, all or none, in the transaction of `db` or in its own. Of two simultaneous attempts one changes a row; the
 * other is refused and changes nothing.
 */
export const changerStatut = async <Etat extends string, Nom extends string>(
  db: Database,
  workflow: Workflow<Etat, Nom>,
  acteur: Acteur,
  demande: Demande<Nom>,
): Promise<Resultat<{ readonly statut: Etat; readonly version: number }, RefusTransition>> => {
  const transition = workflow.transitions[demande.nom];
  const motif = demande.motif?.trim() ?? '';
  const interdit = interdire(workflow, transition, acteur, motif);
  if (interdit) return interdit;
  // Thrown to undo the change, and known by identity below.
  const empechee = new Error('a guard does not hold');
  const travail = async (transaction: Database) => {
    const changed = await sql<{ version: number }>`
      update ${sql.table(workflow.table)}
      set statut = ${transition.vers}, version = version + 1
      where id = ${demande.id} and version = ${demande.version} and statut in (${sql.join([...transition.depuis])})
        -- The role that the transaction holds, whatever the program says.
        and (select acteur_role()) in (${acteur.role}, 'operateur')
      returning version`.execute(transaction);
    const row = changed.rows[0];
    if (!row) return explain(transaction, workflow, demande);
    const empechement = await transition.garde?.(transaction, demande.id);
    if (empechement !== undefined) {
      empechee.message = empechement;
      throw empechee;
    }
    const { contenu, perimetre, courriels = [] } = demande;
    const apart = motif === '' ? undefined : workflow.motifSur?.(demande.id, motif);
    const personnel = [...(demande.personnel ?? []), ...(apart ?? [])];
    await journaliser(transaction, acteur, {
      acte: `${workflow.table}.${demande.nom}`,
      objetType: workflow.table,
      objetId: demande.id,
      ...(motif === '' || apart !== undefined ? {} : { motif }),
      contenu: { vers: transition.vers, ...contenu },
      ...(perimetre === undefined ? {} : { perimetre }),
      personnel,
    });
    await deposerCourriels(transaction, courriels);
    return reussi({ statut: transition.vers, version: row.version });
  };
  try {
    return await enTransaction(db, travail);
  } catch (error) {
    if (error === empechee) return refuser('garde', empechee.message);
    throw error;
  }
};

/** One of the things that change together. */
type DemandeEnLot = Omit<Demande<string>, 'nom' | 'personnel'>;

/** The first thing that the guard of a transition holds back. */
const garderEnLot = async (
  db: Database,
  { garde, gardeEnLot }: Pick<Transition<string>, 'garde' | 'gardeEnLot'>,
  lignes: readonly { readonly id: string }[],
): Promise<{ readonly id: string; readonly message: string } | undefined> => {
  if (gardeEnLot !== undefined)
    return gardeEnLot(
      db,
      lignes.map(({ id }) => id),
    );
  for (const { id } of garde === undefined ? [] : lignes) {
    const message = await garde?.(db, id);
    if (message !== undefined) return { id, message };
  }
  return undefined;
};

/**
 * The same change of status for many things at once, all or none, with what `changerStatut` gives each: conditional on
 * its state, row version and the acting role, its reason, its guard, its journal row and its mails. The first that cannot
 * change refuses for all of them, and is named. Things named twice are a fault.
 */
export const changerStatutEnLot = async <Etat extends string, Nom extends string>(
  db: Database,
  workflow: Workflow<Etat, Nom>,
  acteur: Acteur,
  nom: Nom,
  lignes: readonly DemandeEnLot[],
): Promise<Resultat<{ readonly nombre: number }, RefusTransition> & { readonly id?: string }> => {
  const transition = workflow.transitions[nom];
  for (const { id, motif = '' } of lignes) {
    const interdit = interdire(workflow, transition, acteur, motif.trim());
    if (interdit) return { ...interdit, id };
  }
  if (new Set(lignes.map(({ id }) => id)).size < lignes.length)
    throw new Error(`${workflow.table}: a row is named twice`);
  // Thrown to undo the change of all, and known by identity below.
  const empechement = new Error('one of them cannot change');
  let refus: (Refus<RefusTransition> & { readonly id: string }) | undefined;
  const abandonnerTout = (id: string, raison: Refus<RefusTransition>): never => {
    refus = { ...raison, id };
    throw empechement;
  };
  try {
    return await enTransaction(db, async (transaction) => {
      const changed = await sql<{ id: string }>`
        update ${sql.table(workflow.table)} as change
        set statut = ${transition.vers}, version = change.version + 1
        from unnest(${lignes.map(({ id }) => id)}::uuid[], ${lignes.map(({ version }) => version)}::integer[])
          as vue (id, version)
        where change.id = vue.id and change.version = vue.version
          and change.statut in (${sql.join([...transition.depuis])})
          and (select acteur_role()) in (${acteur.role}, 'operateur')
        returning change.id`.execute(transaction);
      const changees = new Set(changed.rows.map(({ id }) => id));
      const restee = lignes.find(({ id }) => !changees.has(id));
      if (restee) abandonnerTout(restee.id, await explain(transaction, workflow, { ...restee, nom }));
      const empechee = await garderEnLot(transaction, transition, lignes);
      if (empechee) abandonnerTout(empechee.id, refuser('garde', empechee.message));
      await journaliserEnLot(
        transaction,
        acteur,
        lignes.map(({ id, motif = '', contenu, perimetre }) => ({
          acte: `${workflow.table}.${nom}`,
          objetType: workflow.table,
          objetId: id,
          ...(motif.trim() === '' ? {} : { motif: motif.trim() }),
          contenu: { vers: transition.vers, ...contenu },
          ...(perimetre === undefined ? {} : { perimetre }),
        })),
      );
      await deposerCourriels(
        transaction,
        lignes.flatMap(({ courriels = [] }) => courriels),
      );
      return reussi({ nombre: lignes.length });
    });
  } catch (error) {
    if (error === empechement && refus !== undefined) return refus;
    throw error;
  }
};

const explain = async <Etat extends string, Nom extends string>(
  db: Database,
  workflow: Workflow<Etat, Nom>,
  demande: Demande<Nom>,
): Promise<Refus<RefusTransition>> => {
  const found = await sql<{ statut: Etat; version: number }>`
    select statut, version from ${sql.table(workflow.table)} where id = ${demande.id}`.execute(db);
  const row = found.rows[0];
  const transition = workflow.transitions[demande.nom];
  if (!row) return refuser('absent', `Impossible ${de(transition.libelle)} ${workflow.objet} : introuvable.`);
  if (!transition.depuis.includes(row.statut)) {
    return refuser(
      'etat',
      `Impossible ${de(transition.libelle)} ${workflow.objet} : son état est « ${workflow.etats[row.statut]} ».`,
    );
  }
  if (row.version === demande.version) {
    return refuser(
      'role',
      `Le rôle que vous exercez ne permet pas ${de(transition.libelle)} ${workflow.objet}.`,
    );
  }
  return refuser(
    'version',
    `Impossible ${de(transition.libelle)} ${workflow.objet} : une autre personne vient de le modifier. Relisez-le et recommencez.`,
  );
};

/** The workflow as a Mermaid state diagram, for the documentation. */
export const diagramme = (workflow: {
  readonly initial: string;
  readonly transitions: Readonly<Record<string, Transition<string>>>;
}): string => {
  const arrows = Object.values(workflow.transitions).flatMap(({ depuis, vers, libelle, motifRequis }) =>
    depuis.map((etat) => `  ${etat} --> ${vers} : ${libelle}${motifRequis ? ' (avec motif)' : ''}`),
  );
  return ['stateDiagram-v2', `  [*] --> ${workflow.initial}`, ...arrows].join('\n');
};
