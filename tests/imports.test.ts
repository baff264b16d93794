import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PgBoss } from 'pg-boss';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  abandonnerDepot,
  confirmerDepot,
  deposerFichier,
  reprendreDepot,
} from '../src/candidatures/import/depot.acts.ts';
import { getDepot, listDepotsPerimes } from '../src/candidatures/import/depot.store.ts';
import { tacheImporter, taches } from '../src/candidatures/import/depot.taches.ts';
import { ecrireFichier } from '../src/candidatures/import/fichier.fixtures.ts';
import {
  contenu,
  fichier,
  fichierDEssai,
  importer,
  ligne,
  vider,
} from '../src/candidatures/import/import.fixtures.ts';
import { systemClock } from '../src/platform/clock.ts';
import { endosser } from '../src/platform/database/acteur.ts';
import { connectDatabase, type Database } from '../src/platform/database/index.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { acteurPersonne } from '../src/platform/journal.ts';
import { exiger } from '../src/platform/result.ts';
import { root } from '../src/platform/root.ts';
import { demanderTache, type Ouvriers, ouvrirOuvriers } from '../src/platform/taches.ts';
import { attendre } from './processus.ts';

let base: TestDatabase;
let application: Database;
let personne = '';
let attribution = '';
let essai: Awaited<ReturnType<typeof fichierDEssai>>;
const ouverts: Ouvriers[] = [];
const pannes: unknown[] = [];
const acteur = () => acteurPersonne(personne, 'administrateur');

beforeAll(async () => {
  base = await withTestDatabase();
  essai = await fichierDEssai();
  application = connectDatabase(base.adresses, 'application', 4);
});
beforeEach(async () => {
  await base.owner.query(
    'truncate import_depot_ligne, import_depot cascade; truncate courriel, tache_faite; delete from pgboss.job',
  );
  // Roles on structures go with the structures: all roles do.
  await vider(base.owner);
  const { rows } = await base.owner.query<{ personne: string; attribution: string }>(`
    with p as (insert into personne (courriel, prenom, nom) values ('ada@example.fr', 'Ada', 'Dupont')
      on conflict (courriel) do update set nom = excluded.nom returning id),
    a as (insert into attribution (personne_id, role, niveau, motif) select id, 'administrateur', 'national', 'essai' from p
      returning id)
    select p.id as personne, a.id as attribution from p, a`);
  personne = rows[0]?.personne ?? '';
  attribution = rows[0]?.attribution ?? '';
  pannes.length = 0;
});
afterEach(() => fermer());
afterAll(async () => {
  await essai.effacer();
  await application.destroy();
  await base.close();
});

/** In a transaction of the web, as the administrator. */
const enAda = <Valeur>(travail: (db: Database) => Promise<Valeur>): Promise<Valeur> =>
  application.transaction().execute(async (transaction) => {
    expect(await endosser(transaction, personne, attribution)).toBe(true);
    return travail(transaction);
  });

const ouvrir = async (): Promise<void> => {
  ouverts.push(
    await ouvrirOuvriers({
      adresses: base.adresses,
      taches,
      clock: systemClock,
      adresse: 'https://maillage.example.fr',
      signalerPanne: (error) => pannes.push(error),
    }),
  );
};

const fermer = async (): Promise<void> => {
  await Promise.all(ouverts.splice(0).map((ouvriers) => ouvriers.fermer()));
};

const deux = fichier(
  ligne({ id: '1' }),
  ligne({ id: '2', raison_sociale: 'MAISON', siret: '', nb_cnfs: '2' }),
  ligne({ id: '3', nb_cnfs: '' }),
);

const deposer = async (texte = deux): Promise<string> =>
  exiger(
    await enAda((db) =>
      deposerFichier(db, acteur(), { personne, nom: 'comité.csv', octets: Buffer.from(texte) }),
    ),
  );

const lire = async (id: string) => {
  const depot = await getDepot(base.db, id);
  if (!depot) throw new Error('no such file sent');
  return depot;
};

const parvenir = (id: string, statut: string) =>
  attendre(`the file is ${statut}`, async () => {
    const depot = await lire(id);
    return depot.statut === statut ? depot : undefined;
  });

const demande = async (id: string) => ({ id, version: (await lire(id)).version, personne });
const confirmer = async (id: string) => {
  const asked = await demande(id);
  return enAda((db) => confirmerDepot(db, acteur(), asked));
};

const compter = async (question: string): Promise<number> =>
  Number((await base.owner.query<{ n: string }>(question)).rows[0]?.n);
const imports = () => compter('select count(*) as n from import');

describe('a file sent on the web', () => {
  it('is shown without being written, then imported as shown, with a mail to whoever confirmed', async () => {
    await ouvrir();
    const id = await deposer();
    const apercu = await parvenir(id, 'simule');
    expect(apercu.bilan).toMatchObject({ lignes: 3, creees: 2, modifiees: 0, rejetees: 1, postes: 3 });
    expect(await contenu(base.db)).toEqual([]);
    const seen = await base.db
      .selectFrom('import_depot_ligne')
      .select(['numero', 'sort'])
      .orderBy('numero')
      .execute();
    expect(seen.map(({ sort }) => sort)).toEqual(['creee', 'creee', 'rejetee']);
    exiger(await confirmer(id));
    const fini = await parvenir(id, 'importe');
    expect(fini).toMatchObject({ gardee: false, lignesFaites: 3, confirmePar: 'Ada Dupont' });
    expect(await contenu(base.db)).toHaveLength(2);
    expect(await compter('select count(*) as n from import_depot_ligne')).toBe(0);
    expect((await base.owner.query('select destinataire, objet, contenu from courriel')).rows).toEqual([
      {
        destinataire: 'ada@example.fr',
        objet: 'Import terminé : comité.csv',
        contenu: {
          paragraphes: [
            'L’import que vous avez confirmé est terminé.',
            '2 lignes créées, 0 modifiée, 0 inchangée, 1 rejetée.',
          ],
          lien: {
            texte: 'Lire le rapport',
            href: `https://maillage.example.fr/administration/imports/${id}`,
          },
        },
      },
    ]);
    const actes = await base.owner.query<{ acte: string }>(
      `select acte from journal where objet_id in ($1, $2) order by id`,
      [id, fini.importId],
    );
    expect(actes.rows.map(({ acte }) => acte)).toEqual([
      'import_depot.deposer',
      'import_depot.simuler',
      'import_depot.confirmer',
      'candidatures.importer',
      'import_depot.importer',
    ]);
    expect(pannes).toEqual([]);
  });

  it('confirmed by 20 clicks at once is imported once', async () => {
    await ouvrir();
    const id = await deposer();
    await parvenir(id, 'simule');
    const asked = await demande(id);
    const clics = await Promise.all(
      Array.from({ length: 20 }, () => enAda((db) => confirmerDepot(db, acteur(), asked))),
    );
    expect(clics.filter(({ ok }) => ok)).toHaveLength(1);
    await parvenir(id, 'importe');
    expect(await imports()).toBe(1);
    expect(await compter(`select count(*) as n from pgboss.job where name = 'importer-fichier'`)).toBe(1);
  });

  it('asked for twice in the queue is imported once', async () => {
    const id = await deposer();
    await ouvrir();
    await parvenir(id, 'simule');
    await fermer();
    exiger(await confirmer(id));
    await demanderTache(base.db, tacheImporter, { depot: id, version: (await lire(id)).version });
    await Promise.all([ouvrir(), ouvrir()]);
    await attendre('both jobs are done', async () =>
      (await compter(
        `select count(*) as n from pgboss.job where name = 'importer-fichier' and state = 'completed'`,
      )) === 2
        ? true
        : undefined,
    );
    expect(await imports()).toBe(1);
    expect(pannes).toEqual([]);
  });

  it('is not imported when the database would make something else of it: another preview is made', async () => {
    await ouvrir();
    const id = await deposer();
    await parvenir(id, 'simule');
    await fermer();
    exiger(await confirmer(id));
    // Between the confirmation and its job, the command line imports the same decisions.
    await importer(base.db, await essai.ecrire(deux));
    await ouvrir();
    const relu = await parvenir(id, 'simule');
    expect(relu.bilan).toMatchObject({ creees: 0, inchangees: 2 });
    expect(await imports()).toBe(1);
    const mail = await base.owner.query<{ objet: string }>('select objet from courriel');
    expect(mail.rows).toEqual([{ objet: 'À relire : comité.csv' }]);
  });

  it('is not confirmed after another import ended: the preview must be made again', async () => {
    await ouvrir();
    const id = await deposer();
    await parvenir(id, 'simule');
    await importer(base.db, await essai.ecrire(deux));
    expect(await confirmer(id)).toMatchObject({ ok: false, refus: 'change' });
    const asked = await demande(id);
    exiger(await enAda((db) => reprendreDepot(db, acteur(), asked)));
    const relu = await parvenir(id, 'simule');
    expect(relu.bilan).toMatchObject({ creees: 0, inchangees: 2 });
    exiger(await confirmer(id));
    await parvenir(id, 'importe');
  });

  it('waits for an import under way, and tells how far it has got itself', async () => {
    await ouvrir();
    const id = await deposer();
    await parvenir(id, 'simule');
    await base.owner.query('select pg_advisory_lock(727004)');
    exiger(await confirmer(id));
    await attendre('it waits', async () =>
      (await compter(
        `select count(*) as n from pg_locks where locktype = 'advisory' and objid = 727004 and not granted`,
      )) === 1
        ? true
        : undefined,
    );
    expect(await lire(id)).toMatchObject({ statut: 'confirme', etape: 'attente', lignesFaites: 0 });
    // Longer than the database waits for a lock: it asks again.
    await attendre('it has asked again', async () =>
      (await compter(
        `select count(*) as n from pg_stat_activity where datname = current_database() and state = 'idle in transaction'
           and application_name = 'maillage operateur'`,
      )) >= 1
        ? true
        : undefined,
    );
    await base.owner.query('select pg_advisory_unlock(727004)');
    await parvenir(id, 'importe');
    expect(pannes).toEqual([]);
  });

  it('shows how far it has got while its own transaction is still open', async () => {
    await ouvrir();
    const id = await deposer();
    await parvenir(id, 'simule');
    await base.owner.query(`
      create function retenir() returns trigger language plpgsql as
        $$ begin perform pg_advisory_xact_lock(43); return new; end $$;
      create trigger retenir before insert on import for each row execute function retenir();
      select pg_advisory_lock(43)`);
    exiger(await confirmer(id));
    const enCours = await attendre('it is writing', async () => {
      const depot = await lire(id);
      return depot.etape === 'ecriture' ? depot : undefined;
    });
    expect(enCours).toMatchObject({ statut: 'confirme', lignesFaites: 3, lignes: 3 });
    expect(await contenu(base.db)).toEqual([]);
    // Given up while it writes: nothing of it stays.
    const asked = await demande(id);
    exiger(await enAda((db) => abandonnerDepot(db, acteur(), asked)));
    await base.owner.query('select pg_advisory_unlock(43); drop function retenir cascade');
    await attendre('its job is done', async () =>
      (await compter(
        `select count(*) as n from pgboss.job where name = 'importer-fichier' and state = 'completed'`,
      )) === 1
        ? true
        : undefined,
    );
    expect(await contenu(base.db)).toEqual([]);
    expect(await imports()).toBe(0);
    expect(await lire(id)).toMatchObject({ statut: 'abandonne', gardee: false });
    expect(pannes).toEqual([]);
  });

  it('that would go over the enveloppe is stopped with its reason, and can be tried again', async () => {
    await ouvrir();
    await base.owner.query('update enveloppe set montant_centimes = 1');
    const id = await deposer();
    const echec = await parvenir(id, 'echoue');
    expect(echec.message).toMatch(/dépasserait l’enveloppe.*rien n’a été importé/);
    await base.owner.query('update enveloppe set montant_centimes = 25000000000');
    const asked = await demande(id);
    exiger(await enAda((db) => reprendreDepot(db, acteur(), asked)));
    await parvenir(id, 'simule');
  });

  it('that nobody confirms in time is erased', async () => {
    await ouvrir();
    const id = await deposer();
    await parvenir(id, 'simule');
    await base.owner.query(`update import_depot set expire_le = now() - interval '1 minute'`);
    const menage = taches.find(({ nom }) => nom === 'menage-imports');
    if (!menage) throw new Error('no such job');
    await demanderTache(base.db, menage, {} as never);
    expect(await parvenir(id, 'abandonne')).toMatchObject({ gardee: false });
    expect(await compter('select count(*) as n from import_depot_ligne')).toBe(0);
  });

  it('is imported though who confirmed it has gone meanwhile', async () => {
    await ouvrir();
    const id = await deposer();
    await parvenir(id, 'simule');
    await fermer();
    exiger(await confirmer(id));
    await base.owner.query('update import_depot set confirme_par = null');
    await ouvrir();
    await parvenir(id, 'importe');
    expect(await imports()).toBe(1);
    expect(pannes).toEqual([]);
  });

  it('whose import failed for good is erased in the end, and not while it may still be done', async () => {
    await ouvrir();
    const id = await deposer();
    await parvenir(id, 'simule');
    await fermer();
    exiger(await confirmer(id));
    await base.owner.query(`update import_depot set expire_le = now() - interval '1 minute'`);
    const perimes = async () => (await listDepotsPerimes(base.db)).map((depot) => depot.id);
    expect(await perimes()).toEqual([]);
    await base.owner.query(`update import_depot set confirme_le = now() - interval '25 hours'`);
    expect(await perimes()).toEqual([id]);
    await base.owner.query(`delete from pgboss.job where name = 'importer-fichier'`);
    const menage = taches.find(({ nom }) => nom === 'menage-imports');
    if (!menage) throw new Error('no such job');
    await ouvrir();
    await demanderTache(base.db, menage, {} as never);
    expect(await parvenir(id, 'abandonne')).toMatchObject({
      gardee: false,
      message: expect.stringContaining('n’a pas abouti'),
    });
  });

  it.each([
    ['a workbook', Buffer.from('504b0304140000', 'hex'), /classeur.*CSV UTF-8/],
    ['a picture', Buffer.from('89504e470d0a1a0a0000', 'hex'), /n’est pas un texte CSV/],
    ['UTF-16', Buffer.from('id;nom\n1;é', 'utf16le'), /n’est pas un texte CSV/],
    ['nothing', Buffer.from(' \n'), /est vide/],
    ['other columns', Buffer.from('a;b\n1;2\n'), /colonne/],
    ['no row', Buffer.from('siret;nb_cnfs;date_comite\n'), /aucune ligne/],
    ['a quote without end', Buffer.from('siret;nb_cnfs;date_comite\n"1;2;3\n'), /guillemet.*jamais fermé/],
    ['too much', Buffer.alloc(5_242_881, 'a'), /dépasse 5 Mo/],
  ])('is refused at once when it is %s', async (_quoi, octets, message) => {
    const refused = await enAda((db) =>
      deposerFichier(db, acteur(), { personne, nom: '../../etc/x.csv', octets }),
    );
    expect(refused).toMatchObject({ ok: false, message: expect.stringMatching(message) });
    if (!refused.ok) expect(refused.message).not.toContain('etc');
    expect(await compter('select count(*) as n from import_depot')).toBe(0);
  });
});

describe('a process killed', () => {
  const vivants = new Set<ChildProcess>();
  afterEach(async () => {
    for (const child of vivants) {
      child.kill('SIGKILL');
      await new Promise((resolve) => child.once('close', resolve));
    }
    vivants.clear();
  });

  const lancer = (quand: 'pendant' | 'apres') => {
    const child = spawn(
      process.execPath,
      [
        join(root, 'src', 'candidatures', 'import', 'depot.fixtures.ts'),
        quand,
        base.adresses.operateur,
        base.adresses.acces,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    vivants.add(child);
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    return { child, output: () => output };
  };

  const tuer = async (child: ChildProcess): Promise<void> => {
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGKILL');
    await ended;
    vivants.delete(child);
  };

  /** As if the time had passed in which a worker is to say that it lives. */
  const constaterLaMort = async (): Promise<void> => {
    await base.owner.query(
      `update pgboss.job set heartbeat_on = now() - interval '1 hour' where name = 'importer-fichier';
      update pgboss.queue set monitor_on = null, monitor_claim_on = null`,
    );
    const surveillance = new PgBoss({
      connectionString: base.url,
      migrate: false,
      supervise: false,
      schedule: false,
    });
    await surveillance.start();
    await surveillance.supervise('importer-fichier');
    await surveillance.stop();
    await base.owner.query(`update pgboss.job set start_after = now() where name = 'importer-fichier'`);
  };

  /** A file whose preview was read and confirmed, and whose import nobody has begun. */
  const confirme = async (): Promise<string> => {
    await ouvrir();
    const id = await deposer();
    await parvenir(id, 'simule');
    await fermer();
    exiger(await confirmer(id));
    return id;
  };

  const finie = () =>
    attendre('the job is done', async () =>
      (await compter(
        `select count(*) as n from pgboss.job where name = 'importer-fichier' and state = 'completed'`,
      )) === 1
        ? true
        : undefined,
    );

  it('while it imports leaves nothing written; its job is taken up again and imports once', async () => {
    const id = await confirme();
    await base.owner.query(`
      create function retenir() returns trigger language plpgsql as
        $$ begin perform pg_advisory_xact_lock(43); return new; end $$;
      create trigger retenir before insert on import for each row execute function retenir();
      select pg_advisory_lock(43)`);
    const premier = lancer('pendant');
    const waiting = () =>
      base.owner.query<{ pid: number }>(
        `select pid from pg_locks where locktype = 'advisory' and objid = 43 and not granted`,
      );
    const pid = await attendre(
      'it is in the midst of its import',
      async () => (await waiting()).rows[0]?.pid,
    );
    await tuer(premier.child);
    // Its connection, that waits for a lock, would notice later only that nobody is there any more.
    await base.owner.query('select pg_terminate_backend($1)', [pid]);
    await attendre('its transaction is gone', async () =>
      (await waiting()).rowCount === 0 ? true : undefined,
    );
    await base.owner.query('select pg_advisory_unlock(43); drop function retenir cascade');
    expect(await contenu(base.db)).toEqual([]);
    expect(await lire(id)).toMatchObject({ statut: 'confirme', gardee: true });
    await constaterLaMort();
    await ouvrir();
    await parvenir(id, 'importe');
    await finie();
    expect(await contenu(base.db)).toHaveLength(2);
    expect(await imports()).toBe(1);
    expect(await compter('select count(*) as n from courriel')).toBe(1);
  });

  it('after its import, before the queue knew, has its job taken up again and imports no second time', async () => {
    const id = await confirme();
    const premier = lancer('apres');
    await attendre('it has imported', () => (premier.output().includes('fait') ? true : undefined));
    await tuer(premier.child);
    const before = await contenu(base.db);
    await constaterLaMort();
    await ouvrir();
    await finie();
    expect(await contenu(base.db)).toEqual(before);
    expect(await lire(id)).toMatchObject({ statut: 'importe' });
    expect(await imports()).toBe(1);
    expect(await compter('select count(*) as n from courriel')).toBe(1);
    expect(pannes).toEqual([]);
  });
});

it('2 000 rows are shown and imported without holding the server', async () => {
  const chemin = join(essai.folder, 'deux-mille.csv');
  await ecrireFichier(chemin, 2000);
  await base.owner.query('update enveloppe set montant_centimes = 900000000000000');
  const octets = await readFile(chemin);
  await ouvrir();
  // Processor time between two turns: what somebody who asks for a page would wait, whatever else the machine does.
  const tours: number[] = [];
  let dernier = process.threadCpuUsage();
  const mesure = setInterval(() => {
    const { user, system } = process.threadCpuUsage(dernier);
    dernier = process.threadCpuUsage();
    tours.push((user + system) / 1000);
  }, 1);
  const id = exiger(
    await enAda((db) => deposerFichier(db, acteur(), { personne, nom: 'deux-mille.csv', octets })),
  );
  await parvenir(id, 'simule');
  exiger(await confirmer(id));
  await parvenir(id, 'importe');
  clearInterval(mesure);
  expect(await lire(id)).toMatchObject({ lignesFaites: 2000 });
  expect(Math.max(...tours)).toBeLessThan(50);
});

it('nobody but an administrator sees files sent, their rows or the reports', async () => {
  await ouvrir();
  const id = await deposer();
  await parvenir(id, 'simule');
  await importer(base.db, await essai.ecrire(deux));
  const voir = (db: Database) =>
    Promise.all(
      (['import_depot', 'import_depot_ligne', 'import', 'import_ligne'] as const).map(
        async (table) => (await db.selectFrom(table).select(db.fn.countAll().as('n')).execute())[0]?.n,
      ),
    );
  expect((await enAda(voir)).every((n) => Number(n) > 0)).toBe(true);
  // Nobody set, then somebody without a role, then who sent it, without a role: that they did stays theirs to know.
  expect((await application.transaction().execute(voir)).map(Number)).toEqual([0, 0, 0, 0]);
  const { rows } = await base.owner.query<{ id: string }>(
    `insert into personne (courriel, prenom, nom) values ('autre@example.fr', 'Une', 'Autre')
     on conflict (courriel) do update set nom = excluded.nom returning id`,
  );
  for (const [qui, vus] of [
    [rows[0]?.id ?? '', 0],
    [personne, 1],
  ] as const)
    await application.transaction().execute(async (transaction) => {
      expect(await endosser(transaction, qui, null)).toBe(true);
      expect((await voir(transaction)).map(Number)).toEqual([vus, 0, 0, 0]);
    });
  await expect(base.publique.selectFrom('import_depot').select('id').execute()).rejects.toThrow(/permission/);
});
