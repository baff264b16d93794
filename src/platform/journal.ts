import { sql } from 'kysely';
import { type Database, enTransaction } from './database/index.ts';

/** The roles of the domain (see the design), and the operator of the command line until accounts exist. */
const roles = [
  'visiteur',
  'candidat',
  'gestionnaire',
  'conseiller',
  'coordinateur',
  'instructeur',
  'membre_comite',
  'administrateur',
  'operateur',
] as const;
export type Role = (typeof roles)[number];

/** Who acts. `identifiant` names an account (`personne:<uuid>`) or a system user, never a person in clear. */
export type Acteur = { readonly identifiant: string; readonly role: Role };

/** A person who acts in a role. */
export const acteurPersonne = (personne: string, role: Role): Acteur => ({
  identifiant: `personne:${personne}`,
  role,
});

export type Inscription = {
  readonly acte: string;
  readonly objetType: string;
  readonly objetId: string;
  /** Never of an act on a person: see `motifSur`. */
  readonly motif?: string;
  /** Identifiers and non-personal values: the journal is never erased. */
  readonly contenu?: Readonly<Record<string, unknown>>;
  /**
   * Whose file the line belongs to. `departement`: its instructeurs read it. `structure`: its gestionnaires and its
   * instructeurs do. Neither: whoever acted, and the administrators. What a structure may not read bears no structure.
   */
  readonly perimetre?: { readonly departement?: string; readonly structure?: string };
  /** Personal values that the act changed, by person concerned: kept apart, so that they can be erased. */
  readonly personnel?: readonly Personnel[];
};

/** Whom values concern: a person or, before there is an account, an invitation or a claim. They go when it goes. */
type Concerne =
  | { readonly personne: string }
  | { readonly invitation: string }
  | { readonly revendication: string };

export type Personnel = Concerne & { readonly valeurs: Readonly<Record<string, unknown>> };

/** Why something was done to somebody: it may name them, so it is kept where it can be erased. */
export const motifSur = (concerne: string | Concerne, motif: string): readonly Personnel[] => [
  { ...(typeof concerne === 'string' ? { personne: concerne } : concerne), valeurs: { motif } },
];

/** The person behind an actor, if it is one. */
export const personneDe = ({ identifiant }: Acteur): string | null =>
  identifiant.startsWith('personne:') ? identifiant.slice('personne:'.length) : null;

const ligneDe = (acteur: Acteur, { perimetre = {}, ...inscription }: Inscription) => ({
  acteur: acteur.identifiant,
  role: acteur.role,
  acte: inscription.acte,
  objet_type: inscription.objetType,
  objet_id: inscription.objetId,
  motif: inscription.motif ?? null,
  contenu: JSON.stringify(inscription.contenu ?? {}),
  departement_code: perimetre.departement ?? null,
  structure_id: perimetre.structure ?? null,
});

/** Writes the lines of an act on many things, which changes nothing personal, in the order given. */
export const journaliserEnLot = async (
  db: Database,
  acteur: Acteur,
  inscriptions: readonly Omit<Inscription, 'personnel'>[],
): Promise<void> => {
  // A statement takes 65 535 parameters.
  for (let debut = 0; debut < inscriptions.length; debut += 5_000)
    await db
      .insertInto('journal')
      .values(inscriptions.slice(debut, debut + 5_000).map((inscription) => ligneDe(acteur, inscription)))
      .execute();
};

/** Writes one line of the journal, in the transaction of the act it tells of. */
export const journaliser = async (
  db: Database,
  acteur: Acteur,
  { personnel = [], ...inscription }: Inscription,
): Promise<void> => {
  const ligne = ligneDe(acteur, inscription);
  if (personnel.length === 0) {
    await db.insertInto('journal').values(ligne).execute();
    return;
  }
  await enTransaction(db, async (transaction) => {
    await transaction.insertInto('journal').values(ligne).execute();
    await transaction
      .insertInto('journal_personnel')
      .values(
        personnel.map(({ valeurs, ...de }) => ({
          // Who writes the line may not always read it: no RETURNING.
          journal_id: sql<number>`currval('journal_id_seq')`,
          personne_id: 'personne' in de ? de.personne : null,
          invitation_id: 'invitation' in de ? de.invitation : null,
          revendication_id: 'revendication' in de ? de.revendication : null,
          valeurs: JSON.stringify(valeurs),
        })),
      )
      .execute();
  });
};
