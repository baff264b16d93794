import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type pg from 'pg';
import { un } from './objets.fixtures.ts';
import type { Fabrique, Joueur, Objet } from './permissions.fixtures.ts';

const absente = randomUUID();

/** The structure that the manager of the matrix has; or one of the Côte-d’Or, which nobody of it has. */
const structure = async (owner: pg.Client, ici: boolean): Promise<string> => {
  if (ici) return un(owner, `select id from structure where identifiant = '22020002600015'`);
  await owner.query(
    `insert into structure (identifiant_type, identifiant, raison_sociale, raison_sociale_recherche, commune_code)
     values ('siret', '21210231300027', 'CANARI', 'CANARI AILLEURS', '21231') on conflict do nothing`,
  );
  return un(owner, `select id from structure where identifiant = '21210231300027'`);
};

/** A person made for the question, who is an advisor of a structure for a time. */
const conseiller = async (
  owner: pg.Client,
  ici: boolean,
  retire: boolean,
): Promise<{ readonly id: string; readonly attribution: string }> => {
  const id = await un(
    owner,
    `insert into personne (courriel, prenom, nom) values ($1, 'Un', 'CANARI') returning id`,
    [`canari.${randomUUID()}@ailleurs.example`],
  );
  const attribution = await un(
    owner,
    `insert into attribution (personne_id, role, niveau, structure_id, motif, fin, retiree_le, retrait_motif)
     values ($1, 'conseiller', 'soi', $2, 'CANARI', now() + interval '30 days', $3, $4) returning id`,
    [id, await structure(owner, ici), retire ? new Date() : null, retire ? 'CANARI' : null],
  );
  return { id, attribution };
};

const personne = (retire = false): Fabrique => {
  const faire = (ici: boolean) => async (owner: pg.Client) => ({
    chemin: { ...(await conseiller(owner, ici, retire)) },
  });
  return {
    sien: faire(true),
    etranger: faire(false),
    absent: { chemin: { id: absente, attribution: absente } },
  };
};

/** The queue of a job, which the workers of a server make when it starts. */
export const creerFile = (owner: pg.Client, nom: string) =>
  owner.query(
    `select pgboss.create_queue($1, '{"policy": "standard"}')
    where not exists (select from pgboss.queue where name = $1)`,
    [nom],
  );

/** Something that a person keeps for themselves: another's is foreign. */
const aSoi = (texte: string, valeur: string): Fabrique => ({
  sien: async (owner, joueur) => ({ chemin: { id: await un(owner, texte, [joueur.personne, valeur]) } }),
  etranger: async (owner, joueur) => ({
    chemin: {
      id: await un(owner, texte, [
        await un(owner, 'select id from personne where id <> $1 order by id limit 1', [joueur.personne]),
        valeur,
      ]),
    },
  }),
  absent: { chemin: { id: absente } },
});

const invitation: Fabrique = (() => {
  const faire = (ici: boolean) => async (owner: pg.Client) => ({
    chemin: {
      id: await un(
        owner,
        `insert into invitation (courriel, prenom, nom, role, niveau, structure_id, motif, expire_le, empreinte)
         values ($1, 'Deux', 'CANARI', 'conseiller', 'soi', $2, 'CANARI', now() + interval '5 days', $3) returning id`,
        [`canari.${randomUUID()}@ailleurs.example`, await structure(owner, ici), randomBytes(32)],
      ),
    },
    champs: { version: '1' },
  });
  return { sien: faire(true), etranger: faire(false), absent: { chemin: { id: absente } } };
})();

const revendication: Fabrique = (() => {
  const faire = (ici: boolean) => async (owner: pg.Client) => ({
    chemin: {
      id: await un(
        owner,
        `insert into revendication (structure_id, prenom, nom, courriel, fonction, courriel_confirme_le, expire_le)
         values ($1, 'Trois', 'CANARI', $2, 'CANARI', now(), now() + interval '5 days') returning id`,
        [await structure(owner, ici), `canari.${randomUUID()}@ailleurs.example`],
      ),
    },
    champs: { version: '1' },
  });
  return { sien: faire(true), etranger: faire(false), absent: { chemin: { id: absente } } };
})();

const uneStructure: Fabrique = (() => {
  const faire = (ici: boolean) => async (owner: pg.Client) => ({
    chemin: { id: await structure(owner, ici) },
  });
  return { sien: faire(true), etranger: faire(false), absent: { chemin: { id: absente } } };
})();

/** Announced; one that decided of the Côte-d’Or alone and that nobody announced; none. */
const seanceSuivie: Fabrique = {
  sien: async () => ({ chemin: { date: '2021-03-24' } }),
  etranger: async (owner) => {
    const tenue = await un(
      owner,
      `insert into seance (programme_id, date) select id, '2021-05-05' from programme
       on conflict (programme_id, date) do update set date = excluded.date returning id`,
    );
    await owner.query(
      'insert into decision (seance_id, structure_id) values ($1, $2) on conflict do nothing',
      [tenue, await structure(owner, false)],
    );
    return { chemin: { date: '2021-05-05' } };
  },
  absent: { chemin: { date: '1999-01-01' } },
};

const communique: Fabrique = {
  sien: async () => ({ chemin: { departement: '02', seance: '2021-03-24', fichier: '2021-03-24.pdf' } }),
  etranger: async () => ({ chemin: { departement: '21', seance: '2021-03-24', fichier: '2021-03-24.pdf' } }),
  absent: { chemin: { departement: '02', seance: '1999-01-01', fichier: '1999-01-01.pdf' } },
};

const signataire = async (owner: pg.Client, departement: string): Promise<Objet> => ({
  chemin: {
    departement,
    id: await un(
      owner,
      `insert into signataire (departement_code, nom, fonction, debut) values ($1, $2, 'CANARI', '2021-01-01') returning id`,
      [departement, `CANARI ${randomUUID()}`],
    ),
  },
});
const unSignataire: Fabrique = {
  sien: (owner) => signataire(owner, '02'),
  etranger: (owner) => signataire(owner, '21'),
  absent: { chemin: { departement: '02', id: absente } },
};

const libelle = (departement: string, ici: boolean) => async (owner: pg.Client) => ({
  chemin: { departement, structure: await structure(owner, ici) },
  champs: { version: '0' },
});
const unLibelle: Fabrique = {
  sien: libelle('02', true),
  etranger: libelle('21', false),
  absent: { chemin: { departement: '02', structure: absente } },
};

/** The letterhead of a département, with a logo of one pixel. */
const enTete = async (owner: pg.Client, departement: string): Promise<Objet> => {
  await owner.query(
    `insert into en_tete (departement_code, service, lieu) values ($1, '{CANARI}', 'CANARI') on conflict do nothing`,
    [departement],
  );
  await owner.query(
    `update en_tete set logo = $2, logo_type = 'png', logo_texte = 'CANARI', logo_rapport = 1 where departement_code = $1`,
    [
      departement,
      Buffer.from(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
        'base64',
      ),
    ],
  );
  return { chemin: { departement } };
};
const reglages: Fabrique = {
  sien: (owner) => enTete(owner, '02'),
  etranger: (owner) => enTete(owner, '21'),
  absent: { chemin: { departement: '96' } },
};

/** A link that nobody was given: it answers as one that no longer serves. */
const secret: Fabrique = { usuel: async () => ({ chemin: { secret: 'A'.repeat(43) } }) };

const seance = '/prefecture/communiques/:departement/:seance{[0-9-]+}';
const insererLot = `insert into lot_invitation (deposee_par, lignes) values ($1, $2::jsonb) returning id`;
/** A file of invitations, which a job sends. */
const lot: Fabrique = {
  ...aSoi(insererLot, '[]'),
  sien: async (owner, joueur) => {
    await creerFile(owner, 'envoyer-invitations');
    return { chemin: { id: await un(owner, insererLot, [joueur.personne, '[]']) } };
  },
};

/** A link of the person's own, which serves once. */
const changement: Fabrique = {
  usuel: async (owner, joueur: Joueur | null) => {
    const lien = randomBytes(32).toString('base64url');
    if (joueur !== null)
      await owner.query(
        `insert into changement_courriel (empreinte, personne_id, courriel, expire_le)
         values ($1, $2, $3, now() + interval '1 hour')`,
        [
          createHash('sha256').update(lien).digest(),
          joueur.personne,
          `canari.${randomUUID()}@ailleurs.example`,
        ],
      );
    return { chemin: { secret: joueur === null ? 'A'.repeat(43) : lien } };
  },
};

/** What the routes over people, claims and préfectures are asked about. */
export const fabriquesDuTerritoire: Readonly<Record<string, Fabrique>> = {
  'GET /espace/structures/:id': uneStructure,
  'GET /espace/seances/:date': seanceSuivie,
  'GET /espace/seances/:date/decisions.csv': seanceSuivie,
  'GET /espace/seances/:date/decisions.xlsx': seanceSuivie,
  'GET /espace/seances/:date/decisions.ods': seanceSuivie,
  'GET /invitation/:secret': secret,
  'POST /invitation/:secret': secret,
  'GET /revendication/:secret': secret,
  'POST /revendication/:secret/confirmer': secret,
  'POST /revendication/:secret/code': secret,
  'GET /compte/courriel/:secret': changement,
  'POST /compte/courriel/:secret': secret,
  'GET /personnes/recherche/:id': aSoi(
    'insert into recherche_personne (personne_id, terme) values ($1, $2) returning id',
    'CANARI',
  ),
  ...Object.fromEntries(
    [
      'GET /invitations/fichier/:id',
      'GET /invitations/fichier/:id/erreurs.csv',
      'POST /invitations/fichier/:id',
    ].map((route) => [route, lot]),
  ),
  ...Object.fromEntries(
    [
      'GET /personnes/:id',
      'GET /personnes/:id/roles/nouveau',
      'POST /personnes/:id/roles',
      'GET /personnes/:id/roles/:attribution/retirer',
      'POST /personnes/:id/roles/:attribution/retirer',
      'GET /personnes/:id/roles/:attribution/prolonger',
      'POST /personnes/:id/roles/:attribution/prolonger',
      'GET /personnes/:id/roles/:attribution/suppleance',
      'POST /personnes/:id/roles/:attribution/suppleance',
      'GET /personnes/:id/compte',
      'POST /personnes/:id/compte',
      'GET /personnes/:id/second-facteur',
      'POST /personnes/:id/second-facteur',
    ].map((route) => [route, personne()]),
  ),
  'POST /personnes/:id/roles/:attribution/rendre': personne(true),
  'GET /invitations/:id': invitation,
  'POST /invitations/:id/renvoyer': invitation,
  'POST /invitations/:id/revoquer': invitation,
  ...Object.fromEntries(
    [
      'GET /revendications/:id',
      'POST /revendications/:id/courrier',
      'POST /revendications/:id/confirmer',
      'POST /revendications/:id/refuser',
    ].map((route) => [route, revendication]),
  ),
  ...Object.fromEntries(
    [
      `GET ${seance}`,
      `POST ${seance}`,
      `GET ${seance}/apercu`,
      'GET /prefecture/communiques/:departement/:fichier{[0-9-]+\\.[a-z]+}',
      ...['relecture', 'corrections', 'approuver', 'publier', 'reprogrammer', 'retirer', 'reprendre'].map(
        (acte) => `POST ${seance}/${acte}`,
      ),
    ].map((route) => [route, communique]),
  ),
  ...Object.fromEntries(
    [
      'GET /prefecture/reglages/:departement',
      'POST /prefecture/reglages/:departement',
      'GET /prefecture/reglages/:departement/en-tete.pdf',
      'GET /prefecture/reglages/:departement/logo.png',
      'POST /prefecture/reglages/:departement/signataires',
    ].map((route) => [route, reglages]),
  ),
  'GET /prefecture/libelles/:departement': reglages,
  'POST /prefecture/libelles/:departement/:structure': unLibelle,
  'GET /prefecture/reglages/:departement/signataires/:id/fin': unSignataire,
  'GET /prefecture/reglages/:departement/signataires/:id/retirer': unSignataire,
  'POST /prefecture/reglages/:departement/signataires/:id/fin': unSignataire,
  'POST /prefecture/reglages/:departement/signataires/:id/retirer': unSignataire,
};
