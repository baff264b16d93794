import { sql } from 'kysely';
import { endosser } from '../../platform/database/acteur.ts';
import { connectDatabase, type Database } from '../../platform/database/index.ts';
import type { TestDatabase } from '../../platform/database/testing.ts';
import type { Acteur, Role } from '../../platform/journal.ts';

/** Somebody in a role, as a request would carry them. */
export type Agent = {
  readonly id: string;
  readonly attribution: string;
  readonly role: Role;
  readonly courriel: string;
  readonly acteur: Acteur;
};

type Tenu = {
  readonly region?: string;
  readonly departement?: string;
  readonly structure?: string;
  readonly equipe?: string;
};

let rang = 0;

/** Makes a structure in a commune, announced unless said. */
export const faireStructure = async (
  { owner }: TestDatabase,
  commune: string | null,
  options: { readonly nom?: string; readonly identifiant?: string; readonly adresse?: string } = {},
): Promise<string> => {
  rang += 1;
  const identifiant = options.identifiant ?? String(10_000_000_000_000 + rang);
  const { rows } = await owner.query<{ id: string }>(
    `insert into structure (identifiant_type, identifiant, raison_sociale, raison_sociale_recherche, commune_code, adresse)
     values ('siret', $1, $2, nom_recherche($2), $3, $4) returning id`,
    [identifiant, options.nom ?? `STRUCTURE ${rang}`, commune, options.adresse ?? null],
  );
  return rows[0]?.id ?? '';
};

export const faireEquipe = async ({ owner }: TestDatabase, structure: string): Promise<string> =>
  (
    await owner.query<{ id: string }>(
      `insert into equipe (structure_id, coordinateur_prevu) values ($1, true) returning id`,
      [structure],
    )
  ).rows[0]?.id ?? '';

const niveaux: Readonly<Partial<Record<Role, string>>> = {
  administrateur: 'national',
  gestionnaire: 'structure',
  coordinateur: 'equipe',
  conseiller: 'soi',
  candidat: 'soi',
};

/** Makes somebody in a role. */
export const faireAgent = async (
  { owner }: TestDatabase,
  role: Role,
  tenu: Tenu = {},
  courriel?: string,
): Promise<Agent> => {
  rang += 1;
  const adresse = courriel ?? `agent${rang}@essai.example`;
  const made = await owner.query<{ id: string }>(
    `insert into personne (courriel, prenom, nom) values ($1, $2, $3)
     on conflict (courriel) do update set nom = personne.nom returning id`,
    [adresse, `Prénom${rang}`, `Nom${rang}`],
  );
  const id = made.rows[0]?.id ?? '';
  const niveau = niveaux[role] ?? (tenu.region ? 'region' : tenu.departement ? 'departement' : 'national');
  const given = await owner.query<{ id: string }>(
    `insert into attribution (personne_id, role, niveau, region_code, departement_code, structure_id, equipe_id, motif)
     values ($1, $2, $3, $4, $5, $6, $7, 'essai') returning id`,
    [
      id,
      role,
      niveau,
      tenu.region ?? null,
      tenu.departement ?? null,
      tenu.structure ?? null,
      tenu.equipe ?? null,
    ],
  );
  const attribution = given.rows[0]?.id ?? '';
  return { id, attribution, role, courriel: adresse, acteur: { identifiant: `personne:${id}`, role } };
};

export type Mur = {
  readonly application: Database;
  readonly acces: Database;
  /** Runs a work as somebody in their role, behind the row wall. */
  readonly enTantQue: <Valeur>(agent: Agent, travail: (db: Database) => Promise<Valeur>) => Promise<Valeur>;
  readonly fermer: () => Promise<void>;
};

export const monterMur = (base: TestDatabase): Mur => {
  const application = connectDatabase(base.adresses, 'application', 5);
  const acces = connectDatabase(base.adresses, 'acces', 5);
  return {
    application,
    acces,
    enTantQue: (agent, travail) =>
      application.transaction().execute(async (transaction) => {
        if (!(await endosser(transaction, agent.id, agent.attribution)))
          throw new Error('the role does not run');
        return travail(transaction);
      }),
    fermer: async () => {
      await Promise.all([application.destroy(), acces.destroy()]);
    },
  };
};

/** The secret at the end of the link that was last sent to an address. */
export const dernierSecret = async ({ owner }: TestDatabase, destinataire: string): Promise<string> => {
  const { rows } = await owner.query<{ lien_secret: string }>(
    `select lien_secret from courriel where destinataire = $1 and lien_secret is not null
     order by cree_le desc, id desc limit 1`,
    [destinataire],
  );
  return new URL(rows[0]?.lien_secret ?? '').pathname.split('/').at(-1) ?? '';
};

/** Acts as whoever the settings say, without a row of theirs. */
export const poserActeur = async (
  db: Database,
  acteur: {
    readonly role: string;
    readonly niveau: string;
    readonly perimetre: string | null;
    /** Last day. */
    readonly fin: string | null;
  },
): Promise<void> => {
  await sql`select set_config('maillage.role', ${acteur.role}, true), set_config('maillage.niveau', ${acteur.niveau}, true),
    set_config('maillage.perimetre', ${acteur.perimetre ?? ''}, true),
    set_config('maillage.fin', coalesce(((${acteur.fin}::date + 1)::timestamp at time zone 'Europe/Paris')::text, ''), true)`.execute(
    db,
  );
};
