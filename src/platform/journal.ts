import type { Database } from './database/index.ts';

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

/** Who acts. `identifiant` names an account or a system user, never a person in clear. */
export type Acteur = { readonly identifiant: string; readonly role: Role };

export type Inscription = {
  readonly acte: string;
  readonly objetType: string;
  readonly objetId: string;
  readonly motif?: string;
  /** Identifiers and non-personal values: the journal is never erased. */
  readonly contenu?: Readonly<Record<string, unknown>>;
};

/** Writes one line of the journal, in the transaction of the act it tells of. */
export const journaliser = async (db: Database, acteur: Acteur, inscription: Inscription): Promise<void> => {
  await db
    .insertInto('journal')
    .values({
      acteur: acteur.identifiant,
      role: acteur.role,
      acte: inscription.acte,
      objet_type: inscription.objetType,
      objet_id: inscription.objetId,
      motif: inscription.motif ?? null,
      contenu: JSON.stringify(inscription.contenu ?? {}),
    })
    .execute();
};
