import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { structureAilleurs, un } from './objets.fixtures.ts';
import type { Fabrique, Joueur, Objet } from './permissions.fixtures.ts';

const absente = randomUUID();

/** A structure of the Aisne, which the manager of the matrix has; or one of elsewhere. */
const structure = (owner: pg.Client, ici: boolean): Promise<string> =>
  ici ? un(owner, `select id from structure where identifiant = '22020002600015'`) : structureAilleurs(owner);

/** An application to a wave of its own, in a state. */
const candidature = async (owner: pg.Client, ici: boolean, statut: string): Promise<string> => {
  const vague = await un(
    owner,
    `insert into vague (programme_id, rang, nom, ouvre_le, sources)
     select id, 1000 + floor(random() * 1000000000)::integer, 'Vague', '2021-01-01', '{saisie}' from programme limit 1
     returning id`,
  );
  const id = await un(
    owner,
    `insert into candidature (vague_id, structure_id, statut, categorie, postes_demandes, postes_coordinateurs,
       regime_souhaite, salaire_centimes, debut_souhaite, candidat_identifie, deposee_le)
     values ($1, $2, 'deposee', 'publique', 1, 0, 'forfait', 180000, '2021-09-01', false, now()) returning id`,
    [vague, await structure(owner, ici)],
  );
  if (statut === 'en_correction')
    await owner.query(
      `insert into candidature_correction (candidature_id, champs, demande, echeance)
       values ($1, '{postes}', 'CANARI', '2090-01-01')`,
      [id],
    );
  const autre = statut === 'doublon' ? await candidature(owner, ici, 'deposee') : null;
  // As an operator: the owner of the tables is nobody.
  await owner.query(`set maillage.role = 'operateur'`);
  await owner.query('update candidature set fusionnee_dans = $2, statut = $3 where id = $1', [
    id,
    autre,
    statut,
  ]);
  await owner.query('reset maillage.role');
  // The queue that the workers of a server make when it starts.
  await owner.query(`
    select pgboss.create_queue('candidatures.prevenir', '{"policy": "standard"}')
    where not exists (select from pgboss.queue where name = 'candidatures.prevenir')`);
  return id;
};

const dossier = (
  statut = 'deposee',
  completer: (owner: pg.Client, id: string, joueur: Joueur) => Promise<Objet['chemin']> = async () => ({}),
): Fabrique => {
  const faire = (ici: boolean) => async (owner: pg.Client, joueur: Joueur) => {
    const id = await candidature(owner, ici, statut);
    return { chemin: { id, ...(await completer(owner, id, joueur)) } };
  };
  return { sien: faire(true), etranger: faire(false), absent: { chemin: { id: absente, note: absente } } };
};

/** Given to an agent of the territory: what an empty field asks is already so. */
const confiee = async (owner: pg.Client, departement: string): Promise<Objet> => ({
  champs: {
    agent: await un(
      owner,
      `select personne_id as id from attribution where role = 'instructeur'
       order by departement_code is distinct from $1, du, id limit 1`,
      [departement],
    ),
  },
});

const racine = '/prefecture/candidatures/:id';

/** What the matrix asks of the applications that a préfecture instructs. */
export const fabriquesDeLInstruction: Readonly<Record<string, Fabrique>> = {
  [`GET ${racine}`]: dossier(),
  [`POST ${racine}/avis`]: dossier(),
  [`POST ${racine}/affectation`]: {
    sien: async (owner, joueur, qui) => ({
      ...(await dossier().sien?.(owner, joueur, qui)),
      ...(await confiee(owner, '02')),
    }),
    etranger: async (owner, joueur, qui) => ({
      ...(await dossier().etranger?.(owner, joueur, qui)),
      ...(await confiee(owner, '21')),
    }),
    absent: { chemin: { id: absente } },
  },
  [`POST ${racine}/notes`]: dossier(),
  [`POST ${racine}/notes/:note/effacer`]: dossier('deposee', async (owner, id, { personne }) => ({
    note: await un(
      owner,
      `insert into candidature_note (candidature_id, auteur_id, texte) values ($1, $2, 'CANARI') returning id`,
      [id, personne],
    ),
  })),
  [`GET ${racine}/correction`]: dossier(),
  [`POST ${racine}/correction`]: dossier(),
  [`GET ${racine}/correction/changement`]: dossier('en_correction'),
  [`POST ${racine}/correction/changement`]: dossier('en_correction'),
  [`GET ${racine}/reprise`]: dossier('en_correction'),
  [`POST ${racine}/reprise`]: dossier('en_correction'),
  [`POST ${racine}/rappel`]: dossier('en_correction'),
  [`GET ${racine}/fusion`]: dossier(),
  [`POST ${racine}/fusion`]: dossier(),
  [`GET ${racine}/separation`]: dossier('doublon'),
  [`POST ${racine}/separation`]: dossier('doublon'),
  [`GET ${racine}/messages`]: dossier(),
  [`POST ${racine}/messages`]: dossier(),
  'GET /candidatures/:id/messages': dossier(),
  'POST /candidatures/:id/messages': dossier(),
};
