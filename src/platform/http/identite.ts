import type { Database } from '../database/index.ts';
import { type Acteur, acteurPersonne, type Role } from '../journal.ts';

export type Niveau = 'national' | 'region' | 'departement' | 'structure' | 'equipe' | 'soi';

/** A role that a person holds on a scope, now. */
export type Habilitation = {
  readonly id: string;
  readonly role: Role;
  readonly niveau: Niveau;
  /** Code of the région or département, identifier of the structure or team; null for the nation and for oneself. */
  readonly perimetre: string | null;
  /** « Instructrice ou instructeur – Aisne » */
  readonly libelle: string;
};

/** Who stands behind a session, and as what they act: read from the database at each request, never from the address. */
export type Identite = {
  readonly session: string;
  readonly personne: {
    readonly id: string;
    readonly prenom: string;
    readonly nom: string;
    readonly courriel: string;
  };
  /** When they came before this visit, as an ISO instant; null at the first one. */
  readonly visitePrecedente: string | null;
  /** The acting role; null for whoever has none. */
  readonly habilitation: Habilitation | null;
  readonly habilitations: readonly Habilitation[];
  /** Whether the acting role or the account wants a second proof, and where that stands. */
  readonly secondFacteur: 'sans_objet' | 'fait' | 'a_faire' | 'a_installer';
};

/** Knows who comes in. The room of accounts gives it; the ground only asks. */
export type Portier = {
  /** The person of a session's secret; null when there is none that still runs. */
  readonly identifier: (secret: string | undefined) => Promise<Identite | null>;
  /** Reaches the tables of signing in, for the pages that are doors. */
  readonly acces: Database;
};

/** The person as the journal names them, in their acting role. */
export const acteurDe = ({ personne, habilitation }: Identite): Acteur =>
  acteurPersonne(personne.id, habilitation?.role ?? 'visiteur');
