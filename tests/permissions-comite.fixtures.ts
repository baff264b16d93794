import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { structureAilleurs, un } from './objets.fixtures.ts';
import type { Fabrique, Joueur, Objet } from './permissions.fixtures.ts';

type Statut = 'preparation' | 'ouverte' | 'close';
let suivant = 0;

/** A session on a wave of its own, with a file and, once closed, its decision; presided by somebody, or by nobody. */
const seance = async (
  owner: pg.Client,
  statut: Statut,
  president: string | null,
  champs: Objet['champs'] = {},
): Promise<Objet> => {
  suivant += 1;
  const vague = await un(
    owner,
    `insert into vague (programme_id, rang, nom)
     select programme.id, coalesce(max(vague.rang), 0) + 1, 'Vague'
     from programme left join vague on vague.programme_id = programme.id group by programme.id returning id`,
    [],
  );
  const id = await un(
    owner,
    `insert into seance (programme_id, vague_id, numero, date, statut, quorum)
     select id, $1, $2, date '2031-01-01' + $2::integer, $3, 1 from programme returning id`,
    [vague, 500 + suivant, statut],
  );
  if (president !== null)
    await owner.query(
      `insert into seance_membre (seance_id, personne_id, fonction) values ($1, $2, 'president')`,
      [id, president],
    );
  const candidature = await un(
    owner,
    `insert into candidature (vague_id, structure_id, statut, categorie, postes_demandes, postes_coordinateurs,
       regime_souhaite, salaire_centimes, debut_souhaite, candidat_identifie, deposee_le)
     values ($1, $2, $3, 'publique', 1, 0, 'forfait', 180000, '2031-03-01', false, now()) returning id`,
    [
      vague,
      await structureAilleurs(owner, { nom: 'Ailleurs' }),
      statut === 'close' ? 'retenue' : 'instruite',
    ],
  );
  const decision =
    statut === 'close'
      ? await un(
          owner,
          `insert into decision (seance_id, structure_id, candidature_id, resultat)
           select $1, structure_id, id, 'retenue' from candidature where id = $2 returning id`,
          [id, candidature],
        )
      : randomUUID();
  if (statut === 'close')
    await owner.query(
      `with document as (
         insert into fichier (nom, mime, taille, sha256, statut, objet_type, objet_id, officiel)
         values ('CANARI.pdf', 'application/pdf', 1, sha256('a'), 'a_part', 'acte_de_seance', $1, true) returning id
       )
       insert into acte_de_seance (seance_id, genre, cloture, contenu, fichier_id, faite_le)
       select $1::uuid, 'proces_verbal', 1, '{}', id, now() from document`,
      [id],
    );
  return { chemin: { id, candidature, decision }, champs };
};

const fabrique = (statut: Statut, champs: Objet['champs'] = {}): Fabrique => ({
  usuel: (owner, joueur) => seance(owner, statut, joueur?.personne ?? null, champs),
  sien: (owner, joueur: Joueur) => seance(owner, statut, joueur.personne, champs),
  etranger: (owner) => seance(owner, statut, null, champs),
  absent: {
    chemin: { id: randomUUID(), candidature: randomUUID(), decision: randomUUID() },
    champs,
  },
});

/** A session, with two proposals of it to compare. */
const proposee = (): Fabrique => {
  const faire = async (owner: pg.Client, president: string | null): Promise<Objet> => {
    const { chemin = {} } = await seance(owner, 'ouverte', president);
    const proposer = () =>
      un(
        owner,
        `insert into proposition (seance_id, statut, nom, poids) values ($1, 'echouee', 'CANARI',
           '{"besoin": 50, "criteres": 30, "priorite": 20, "habitants": 4000}') returning id`,
        [chemin['id']],
      );
    const [une, autre] = [await proposer(), await proposer()];
    return { chemin: { ...chemin, proposition: une }, recherche: { une, autre } };
  };
  const [une, autre] = [randomUUID(), randomUUID()];
  return {
    usuel: (owner, joueur) => faire(owner, joueur?.personne ?? null),
    sien: (owner, joueur) => faire(owner, joueur.personne),
    etranger: (owner) => faire(owner, null),
    absent: { chemin: { id: randomUUID(), proposition: une }, recherche: { une, autre } },
  };
};
const propositions = 'GET /comite/:id/propositions';

const version = { version: '1' };

/** What the routes of the committee are asked about. */
export const fabriquesDuComite: Readonly<Record<string, Fabrique>> = {
  'GET /comite/:id': fabrique('preparation'),
  'GET /comite/:id/modifier': fabrique('preparation'),
  'POST /comite/:id/modifier': fabrique('preparation'),
  'GET /comite/:id/supprimer': fabrique('preparation'),
  // A version that nobody saw: nothing is deleted while the matrix is walked.
  'POST /comite/:id/supprimer': fabrique('preparation', { version: '0' }),
  'POST /comite/:id/presences': fabrique('preparation'),
  'POST /comite/:id/ouvrir': fabrique('preparation', version),
  'POST /comite/:id/rouvrir': fabrique('close'),
  'GET /comite/:id/decisions': fabrique('ouverte'),
  'POST /comite/:id/decisions/lot': fabrique('ouverte'),
  'GET /comite/:id/notes': fabrique('ouverte'),
  'GET /comite/:id/conflits': fabrique('ouverte'),
  'POST /comite/:id/conflits/lever': fabrique('ouverte', {
    candidature: randomUUID(),
    personne: randomUUID(),
  }),
  'GET /comite/:id/cloture': fabrique('ouverte'),
  // A version that nobody saw: nothing closes while the matrix is walked.
  'POST /comite/:id/cloture': fabrique('ouverte', { version: '0' }),
  'GET /comite/:id/proces-verbal': fabrique('close'),
  'GET /comite/:id/suites': fabrique('close'),
  'POST /comite/:id/suites/:decision/promouvoir': fabrique('close'),
  'GET /comite/:id/suites/:decision/retirer': fabrique('close'),
  'POST /comite/:id/suites/:decision/retirer': fabrique('close'),
  'GET /comite/:id/dossiers/:candidature': fabrique('ouverte'),
  'POST /comite/:id/dossiers/:candidature/decision': fabrique('ouverte'),
  'POST /comite/:id/dossiers/:candidature/annuler': fabrique('ouverte', version),
  'POST /comite/:id/dossiers/:candidature/notes': fabrique('ouverte'),
  'GET /comite/:id/dossiers/:candidature/conflit': fabrique('ouverte'),
  'POST /comite/:id/dossiers/:candidature/conflit': fabrique('ouverte'),
  [propositions]: fabrique('ouverte'),
  'POST /comite/:id/propositions': fabrique('ouverte', {
    nom: 'Essai',
    besoin: '50',
    criteres: '30',
    priorite: '20',
    habitants: '4000',
  }),
  [`${propositions}/comparer`]: proposee(),
  [`${propositions}/:proposition`]: proposee(),
  [`${propositions}/:proposition/dossiers.csv`]: proposee(),
  [`${propositions}/:proposition/dossiers.xlsx`]: proposee(),
  [`${propositions}/:proposition/dossiers.ods`]: proposee(),
};
