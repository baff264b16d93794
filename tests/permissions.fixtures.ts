import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type pg from 'pg';
import { un } from './objets.fixtures.ts';
import { fabriquesDesCandidatures } from './permissions-candidatures.fixtures.ts';
import { fabriquesDuComite } from './permissions-comite.fixtures.ts';
import { fabriquesDeLInstruction } from './permissions-instruction.fixtures.ts';
import { creerFile, fabriquesDuTerritoire } from './permissions-territoire.fixtures.ts';

/** The columns of the matrix, each played by somebody of the demonstration. */
export const colonnes = [
  'visiteur',
  'sans rôle',
  'candidat',
  'conseiller',
  'coordinateur',
  'gestionnaire',
  'instructeur',
  'membre_comite',
  'administrateur',
] as const;
export type Qui = (typeof colonnes)[number];

/** What a request names in its address, its query and its fields. */
export type Objet = {
  readonly chemin?: Readonly<Record<string, string>>;
  readonly recherche?: Readonly<Record<string, string>>;
  readonly champs?: Readonly<Record<string, string>>;
};

/** Somebody of the matrix: person and acting role. */
export type Joueur = { readonly personne: string; readonly attribution: string | null };

/** Who plays a column; the département, structure and team of the Aisne are theirs where their role has one. */
export const joueurDe = async (owner: pg.Client, qui: Qui): Promise<Joueur | null> => {
  if (qui === 'visiteur') return null;
  if (qui === 'sans rôle') {
    const personne = await un(
      owner,
      `insert into personne (courriel, prenom, nom) values ('sans.role@maillage.example', 'Sans', 'Rôle')
       on conflict (courriel) do update set nom = excluded.nom returning id`,
    );
    return { personne, attribution: null };
  }
  const { rows } = await owner.query<{ id: string; personne_id: string }>(
    `select id, personne_id from attribution where role = $1 and niveau <> 'region' order by du, id limit 1`,
    [qui],
  );
  const row = rows[0];
  if (row === undefined) throw new Error(`nobody plays ${qui}`);
  return { personne: row.personne_id, attribution: row.id };
};

/** A session of its own for each request: some end it. */
export const ouvrirSessionDe = async (owner: pg.Client, joueur: Joueur): Promise<string> => {
  const secret = randomBytes(32).toString('base64url');
  await owner.query(
    `insert into session (empreinte, personne_id, attribution_id, moyen, appareil, expire_le, inactivite)
     values ($1, $2, $3, 'demonstration', 'essai', now() + interval '1 hour', '1 hour')`,
    [createHash('sha256').update(secret).digest(), joueur.personne, joueur.attribution],
  );
  return secret;
};

export type Fabrique = {
  /** For a line that says `oui`. */
  readonly usuel?: (owner: pg.Client, joueur: Joueur | null) => Promise<Objet>;
  /** For a line that says `sien`: one’s own, somebody else’s; and one that does not exist. */
  readonly sien?: (owner: pg.Client, joueur: Joueur, qui: Qui) => Promise<Objet>;
  readonly etranger?: (owner: pg.Client, joueur: Joueur, qui: Qui) => Promise<Objet>;
  readonly absent?: Objet;
};

/** An identity of somebody at a provider, as its address names it. */
const lierIdentite = async (owner: pg.Client, personne: string): Promise<Objet> => {
  const sujet = randomUUID();
  await owner.query(
    `insert into identite (emetteur, sujet, personne_id) values ('https://idp.example', $1, $2)`,
    [sujet, personne],
  );
  return { chemin: { id: createHash('sha256').update(`https://idp.example ${sujet}`).digest('hex') } };
};
const identites: Fabrique = {
  sien: (owner, { personne }) => lierIdentite(owner, personne),
  etranger: async (owner, { personne }) =>
    lierIdentite(
      owner,
      await un(owner, 'select id from personne where id <> $1 order by id limit 1', [personne]),
    ),
  absent: { chemin: { id: '0'.repeat(64) } },
};

const rien: Objet = {};
const nulle = randomUUID();

/** A mail that was given up. */
const courriel = async (owner: pg.Client): Promise<Objet> => ({
  chemin: {
    id: await un(
      owner,
      `insert into courriel (destinataire, objet, contenu, statut)
       values ('a@b.example', 'Essai', '{"paragraphes": ["Bonjour."]}', 'abandonne') returning id`,
    ),
  },
});

/** A job that failed for good. */
const execution = async (owner: pg.Client): Promise<Objet> => {
  await creerFile(owner, 'menage');
  return {
    chemin: {
      id: await un(owner, `insert into pgboss.job (name, state) values ('menage', 'failed') returning id`),
    },
  };
};

const quelquUn = async (owner: pg.Client, joueur: Joueur | null): Promise<Objet> => ({
  chemin: {
    id: await un(owner, 'select id from personne where id is distinct from $1 order by id desc limit 1', [
      joueur?.personne ?? null,
    ]),
  },
});

/** A file sent whose preview is there, and what its buttons send. */
const depotSimule = async (owner: pg.Client): Promise<Objet> => {
  for (const nom of ['simuler-import', 'importer-fichier']) await creerFile(owner, nom);
  return {
    chemin: {
      id: await un(
        owner,
        `insert into import_depot (fichier, empreinte, octets, lignes, contenu, statut, simule_le, bilan, entetes, depose_par)
         select 'CANARI.csv', 'e', 1, 1, 'a', 'simule', now(),
           '{"lignes": 1, "creees": 1, "modifiees": 0, "inchangees": 0, "rejetees": 0, "anomalies": 0, "absentes": 0,
             "structures": 1, "postes": 1, "montant_centimes": 0, "listeAbsentes": []}', '{siret}', id
         from personne limit 1 returning id`,
      ),
    },
    champs: { version: '1' },
  };
};

/** A draft of a wave, and what its forms send: too little for any of them to be done. */
const ecrireVague = async (owner: pg.Client): Promise<Objet> => ({
  chemin: {
    id: await un(
      owner,
      `insert into vague (programme_id, rang, nom, statut)
       select programme.id, coalesce(max(vague.rang), 0) + 1, 'Vague CANARI', 'preparation'
       from programme left join vague on vague.programme_id = programme.id group by programme.id returning id`,
    ),
    section: 'identite',
  },
  champs: { version: '1' },
});
const vagueEnPreparation: Fabrique = {
  sien: ecrireVague,
  etranger: ecrireVague,
  absent: { chemin: { id: nulle, section: 'identite' }, champs: { version: '1' } },
};
/** A régime of its own days: its figures are known to all. */
const regime = async (owner: pg.Client): Promise<Objet> => ({
  chemin: {
    id: await un(
      owner,
      `with regime as (
         insert into regime (programme_id, code, libelle, mode, en_vigueur)
         select programme.id, 'essai-' || count(regime.id), 'Régime d’essai', 'forfait',
           daterange('2100-01-01'::date + count(regime.id)::integer, '2100-01-02'::date + count(regime.id)::integer)
         from programme left join regime on regime.programme_id = programme.id group by programme.id returning id)
       insert into regime_variante (regime_id, categorie, territoire, duree_mois, plafond_centimes, formation_centimes, source)
       select id, 'publique', 'metropole', 24, 1, 0, 'Un texte.' from regime returning regime_id as id`,
    ),
  },
});
const regimeEcrit: Fabrique = { usuel: regime, absent: { chemin: { id: nulle } } };

/** The enveloppe of the programme: what is left of it is for administrators alone. */
const enveloppe: Fabrique = {
  usuel: async (owner) => ({
    chemin: { id: await un(owner, 'select id from enveloppe order by id limit 1') },
  }),
  absent: { chemin: { id: nulle } },
};

const routesDeVagues = [
  'GET /administration/vagues/:id',
  'GET /administration/vagues/:id/apercu',
  'GET /administration/vagues/:id/publier',
  'POST /administration/vagues/:id/publier',
  'GET /administration/vagues/:id/prolonger',
  'POST /administration/vagues/:id/prolonger',
  'GET /administration/vagues/:id/annuler',
  'POST /administration/vagues/:id/annuler',
  'GET /administration/vagues/:id/supprimer',
  'POST /administration/vagues/:id/supprimer',
  'GET /administration/vagues/:id/:section',
  'POST /administration/vagues/:id/:section',
];

/** The objects that the routes with a parameter are asked about. */
export const fabriques: Readonly<Record<string, Fabrique>> = {
  ...fabriquesDuTerritoire,
  ...Object.fromEntries(routesDeVagues.map((route) => [route, vagueEnPreparation])),
  'GET /administration/regimes/:id': regimeEcrit,
  'GET /administration/regimes/:id/fin': regimeEcrit,
  'POST /administration/regimes/:id/fin': regimeEcrit,
  'GET /administration/enveloppes/:id': enveloppe,
  'POST /administration/enveloppes/:id': enveloppe,
  ...fabriquesDesCandidatures,
  ...fabriquesDuComite,
  ...fabriquesDeLInstruction,
  'GET /administration/imports/:id': { usuel: depotSimule, etranger: depotSimule },
  'GET /administration/imports/:id/rejets.csv': { usuel: depotSimule, etranger: depotSimule },
  'POST /administration/imports/:id/confirmer': { usuel: depotSimule, etranger: depotSimule },
  'POST /administration/imports/:id/reprendre': { usuel: depotSimule, etranger: depotSimule },
  'POST /administration/imports/:id/abandonner': { usuel: depotSimule, etranger: depotSimule },
  'GET /connexion/lien/:secret': { usuel: async () => ({ chemin: { secret: 'A'.repeat(43) } }) },
  'POST /connexion/lien/:secret': { usuel: async () => ({ chemin: { secret: 'A'.repeat(43) } }) },
  'GET /compte/second-facteur/retirer': {
    usuel: async (owner, joueur) => {
      if (joueur !== null)
        await owner.query(
          `insert into second_facteur (personne_id, secret, confirme_le) values ($1, 'x', now())
           on conflict (personne_id) do update set confirme_le = now()`,
          [joueur.personne],
        );
      return rien;
    },
  },
  'GET /compte/identites/:id/delier': identites,
  'POST /compte/identites/:id/delier': identites,
  'POST /demonstration/entrer': {
    usuel: async (owner) => ({
      champs: { personne: await un(owner, `select id from personne where sources = '{demo}' limit 1`) },
    }),
  },
  'GET /demonstration/courriels/:id': {
    usuel: async (owner) => ({
      chemin: {
        id: await un(
          owner,
          `insert into courriel (destinataire, objet, contenu) values ('a@b.example', 'Essai', '{"paragraphes": ["Bonjour."]}') returning id`,
        ),
      },
    }),
  },
  'POST /compte/donnees/telecharger': { usuel: async () => ({ champs: { format: 'json' } }) },
  'GET /administration/courriels/:id': { usuel: courriel },
  'GET /administration/courriels/:id/renvoyer': { usuel: courriel },
  'POST /administration/courriels/:id/renvoyer': { usuel: courriel },
  'GET /administration/taches/:nom/lancer': { usuel: async () => ({ chemin: { nom: 'sceller' } }) },
  'POST /administration/taches/:nom/lancer': {
    usuel: async (owner) => {
      await creerFile(owner, 'sceller');
      return { chemin: { nom: 'sceller' } };
    },
  },
  'GET /administration/executions/:id/relancer': { usuel: execution },
  'POST /administration/executions/:id/relancer': { usuel: execution },
  'GET /administration/journal/:numero': {
    usuel: async (owner) => ({
      chemin: { numero: String(await un(owner, 'select min(id) as id from journal')) },
    }),
  },
  'GET /administration/personnes/:id/effacer': { usuel: quelquUn },
  // Without a reason: nobody is erased while the matrix is walked.
  'POST /administration/personnes/:id/effacer': { usuel: quelquUn },
  'POST /compte/role': {
    sien: async (_owner, joueur) => ({ champs: { habilitation: joueur.attribution ?? '' } }),
    etranger: async (owner, joueur) => ({
      champs: {
        habilitation: await un(
          owner,
          'select id from attribution where personne_id <> $1 order by id limit 1',
          [joueur.personne],
        ),
      },
    }),
    absent: { champs: { habilitation: nulle } },
  },
  'POST /compte/appareils/fermer': {
    sien: async (owner, joueur) => {
      await ouvrirSessionDe(owner, joueur);
      return {
        champs: {
          session: await un(
            owner,
            'select id from session where personne_id = $1 and fin_le is null order by ouverte_le desc limit 1',
            [joueur.personne],
          ),
        },
      };
    },
    etranger: async (owner, joueur) => {
      const autre = await un(owner, 'select id from personne where id <> $1 order by id limit 1', [
        joueur.personne,
      ]);
      await ouvrirSessionDe(owner, { personne: autre, attribution: null });
      return {
        champs: {
          session: await un(
            owner,
            'select id from session where personne_id = $1 and fin_le is null limit 1',
            [autre],
          ),
        },
      };
    },
    absent: { champs: { session: nulle } },
  },
};

/** What a route of the matrix is asked about, in one of the three ways. */
export const objetDe = async (
  owner: pg.Client,
  route: string,
  genre: 'usuel' | 'sien' | 'etranger' | 'absent',
  joueur: Joueur | null,
  qui: Qui,
): Promise<Objet> => {
  const fabrique = fabriques[route];
  switch (genre) {
    case 'usuel':
      return (await fabrique?.usuel?.(owner, joueur)) ?? fabrique?.absent ?? rien;
    case 'absent':
      return fabrique?.absent ?? rien;
    default: {
      const faire = fabrique?.[genre];
      if (faire === undefined || joueur === null) throw new Error(`${route}: no object that is ${genre}`);
      return faire(owner, joueur, qui);
    }
  }
};
