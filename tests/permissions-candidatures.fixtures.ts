import { randomInt } from 'node:crypto';
import type pg from 'pg';
import { structureAilleurs, un } from './objets.fixtures.ts';
import type { Fabrique, Joueur, Objet } from './permissions.fixtures.ts';

const version = JSON.stringify({
  saisie: { postes: '1' },
  sections: [{ titre: 'CANARI', lignes: [] }],
  service: { nom: ['Préfecture'], adresse: [], contact: null },
});

/** A wave of its own, so that a structure may apply to several. */
const faireVague = (owner: pg.Client): Promise<string> =>
  un(
    owner,
    `insert into vague (programme_id, rang, nom, ouvre_le, sources)
     select id, $1, 'Vague', '2021-01-01', '{saisie}' from programme limit 1 returning id`,
    [randomInt(1000, 1_000_000_000)],
  );

/** A submitted application of a structure, with a file that waits for the antivirus and a letter. */
const faireCandidature = async (
  owner: pg.Client,
  structure: string,
  statut: 'deposee' | 'brouillon' = 'deposee',
): Promise<Objet> => {
  const vague = await faireVague(owner);
  const id = await un(
    owner,
    `insert into candidature (vague_id, structure_id, statut, saisie, categorie, postes_demandes, postes_coordinateurs,
       regime_souhaite, salaire_centimes, debut_souhaite, candidat_identifie, deposee_le)
     values ($1, $2, $3, '{"motivation": "CANARI", "postes": "1"}', 'publique', 1, 0, 'forfait', 180000,
       '2021-09-01', false, now()) returning id`,
    [vague, structure, statut],
  );
  await owner.query(`insert into candidature_version (candidature_id, numero, contenu) values ($1, 1, $2)`, [
    id,
    version,
  ]);
  const fichier = await un(
    owner,
    `insert into fichier (nom, mime, taille, sha256, statut, objet_type, objet_id, structure_id)
     values ('CANARI.txt', 'text/plain', 1, sha256('a'), 'a_part', 'candidature', $1, $2) returning id`,
    [id, structure],
  );
  await owner.query(
    `insert into candidature_piece (fichier_id, candidature_id, question) values ($1, $2, 'pieces')`,
    [fichier, id],
  );
  const seance = await un(
    owner,
    `insert into seance (programme_id, date)
     select id, date '2040-01-01' + $1::integer from programme limit 1 returning id`,
    [randomInt(1, 1_000_000)],
  );
  const decision = await un(
    owner,
    `insert into decision (seance_id, structure_id, candidature_id, resultat) values ($1, $2, $3, 'refusee') returning id`,
    [seance, structure, id],
  );
  await owner.query(
    `insert into acte_de_seance (seance_id, genre, decision_id, candidature_id, cloture, contenu, fichier_id, faite_le)
     values ($1, 'lettre', $2, $4, 1, '{}', $3, now())`,
    [seance, decision, fichier, id],
  );
  return {
    chemin: { id, fichier, numero: '1', etape: 'postes' },
    champs: { version: '1', motif: 'Essai', nouveau: '' },
  };
};

/** The structure that the manager of the matrix looks after, in the Aisne. */
const structureSienne = (owner: pg.Client): Promise<string> =>
  un(
    owner,
    `select structure_id as id from attribution where role = 'gestionnaire' and niveau = 'structure'
     order by du, attribution.id limit 1`,
  );

const nulle: Objet = {
  chemin: {
    id: '00000000-0000-7000-8000-00000000dead',
    fichier: '00000000-0000-7000-8000-00000000dead',
    numero: '1',
    etape: 'postes',
  },
  champs: { version: '1', motif: 'Essai' },
};

const candidature: Fabrique = {
  sien: async (owner) => faireCandidature(owner, await structureSienne(owner)),
  // The national committee sees what was submitted everywhere; a draft, its structure alone.
  etranger: async (owner, _joueur, qui) =>
    faireCandidature(
      owner,
      await structureAilleurs(owner),
      qui === 'membre_comite' ? 'brouillon' : 'deposee',
    ),
  absent: nulle,
};

const structureAVerifier: Fabrique = {
  sien: async (owner) => ({
    chemin: {
      id: await un(
        owner,
        `insert into structure (identifiant_type, identifiant, raison_sociale, raison_sociale_recherche, commune_code, a_verifier)
         values ('siret', $1, 'À VÉRIFIER', 'A VERIFIER', '02408', true) returning id`,
        [String(randomInt(10 ** 13, 10 ** 14))],
      ),
    },
    champs: { version: '1', motif: 'Avis de situation reçu.' },
  }),
  etranger: async (owner) => ({
    chemin: { id: await structureAilleurs(owner, { aVerifier: true }) },
    champs: { version: '1', motif: 'Avis de situation reçu.' },
  }),
  absent: nulle,
};

const vague = async (owner: pg.Client, _joueur: Joueur | null): Promise<Objet> => ({
  champs: { vague: await faireVague(owner) },
});

/** What the routes of applying are asked about. */
export const fabriquesDesCandidatures: Readonly<Record<string, Fabrique>> = {
  ...Object.fromEntries(
    [
      'GET /candidatures/:id',
      'GET /candidatures/:id/formulaire',
      'GET /candidatures/:id/formulaire/:etape',
      'POST /candidatures/:id/formulaire/:etape',
      'GET /candidatures/:id/recapitulatif',
      'POST /candidatures/:id/deposer',
      'GET /candidatures/:id/versions/:numero',
      'GET /candidatures/:id/accuse/:numero',
      'GET /candidatures/:id/pieces/:fichier',
      'GET /candidatures/:id/lettres/:fichier',
      'GET /candidatures/:id/lettre',
      'GET /candidatures/:id/annulation',
      'POST /candidatures/:id/annulation',
      'GET /candidatures/:id/sortie',
      'POST /candidatures/:id/sortie',
      'GET /candidatures/:id/equipe',
      'POST /candidatures/:id/equipe/porteur',
      'POST /candidatures/:id/equipe/depositaires',
    ].map((route) => [route, candidature] as const),
  ),
  'POST /candidatures/nouvelle': { usuel: vague },
  'GET /candidater/compte/:secret': { usuel: async () => ({ chemin: { secret: 'A'.repeat(43) } }) },
  'POST /candidater/compte/:secret': { usuel: async () => ({ chemin: { secret: 'A'.repeat(43) } }) },
  'POST /structures-a-verifier/:id': structureAVerifier,
};
