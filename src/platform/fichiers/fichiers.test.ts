import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { endosser } from '../database/acteur.ts';
import { connectDatabase, type Database } from '../database/index.ts';
import { type TestDatabase, withTestDatabase } from '../database/testing.ts';
import { type Acteur, acteurPersonne } from '../journal.ts';
import { exiger } from '../result.ts';
import { eicar, ouvrirClamd } from './clamd.fixtures.ts';
import { cleDe, ecrire } from './depot.ts';
import { pdf } from './exemples.fixtures.ts';
import {
  type Depot,
  deposerFichier,
  depotAbsent,
  examinerFichiers,
  lireFichier,
  listFichiers,
  nettoyerFichiers,
  ouvrirDepot,
  supprimerFichier,
  tachesDesFichiers,
} from './index.ts';

const systeme: Acteur = { identifiant: 'essai', role: 'operateur' };
const agit = (nom: keyof typeof qui): Acteur =>
  acteurPersonne(qui[nom], nom === 'sansRole' ? 'visiteur' : 'gestionnaire');
const mio = 1024 * 1024;
const absente = '01900000-0000-7000-8000-000000000000';
const apres = Temporal.Now.instant().add({ hours: 48 });

let base: TestDatabase;
let application: Database;
let dossier = '';
let depot: Depot;
/** A manager of each of two structures, of two départements, and an agent of the first of these. */
const qui = { ici: '', ailleurs: '', agent: '', sansRole: '' };
const roles = { ici: '', ailleurs: '', agent: '' };
const structures = { ici: '', ailleurs: '' };

const inserer = async (requete: string, valeurs: readonly (string | null)[]): Promise<string> => {
  const { rows } = await base.owner.query<{ id: string }>(`${requete} returning id`, [...valeurs]);
  return rows[0]?.id ?? '';
};
const personne = (nom: string): Promise<string> =>
  inserer(`insert into personne (courriel, prenom, nom) values ($1, 'P', $2)`, [`${nom}@exemple.fr`, nom]);

beforeAll(async () => {
  base = await withTestDatabase('reference');
  application = connectDatabase(base.adresses, 'application', 4);
  dossier = await mkdtemp(join(tmpdir(), 'maillage-fichiers-'));
  const commune = async (departement: string): Promise<string> => {
    const sql = 'select code from commune where departement_code = $1 order by code limit 1';
    return (await base.owner.query<{ code: string }>(sql, [departement])).rows[0]?.code ?? '';
  };
  const structure = async (nom: string, departement: string): Promise<string> =>
    inserer(
      'insert into structure (raison_sociale, raison_sociale_recherche, commune_code) values ($1, $1, $2)',
      [nom, await commune(departement)],
    );
  structures.ici = await structure('ICI', '02');
  structures.ailleurs = await structure('AILLEURS', '59');
  for (const nom of ['ici', 'ailleurs', 'agent', 'sansRole'] as const)
    qui[nom] = await personne(nom.toLowerCase());
  for (const nom of ['ici', 'ailleurs'] as const)
    roles[nom] = await inserer(
      `insert into attribution (personne_id, role, niveau, structure_id, motif) values ($1, 'gestionnaire', 'structure', $2, 'essai')`,
      [qui[nom], structures[nom]],
    );
  roles.agent = await inserer(
    `insert into attribution (personne_id, role, niveau, departement_code, motif) values ($1, 'instructeur', 'departement', '02', 'essai')`,
    [qui.agent],
  );
});
afterAll(async () => {
  await application.destroy();
  await base.close();
  await rm(dossier, { recursive: true, force: true });
});

const ouvrir = (plus: Partial<Depot> = {}): Promise<Depot> =>
  ouvrirDepot({ dossier, s3: undefined, clamd: undefined, fichierMax: mio, fichiersQuota: 10 * mio }).then(
    (opened) => ({ ...opened, ...plus }),
  );
beforeEach(async () => {
  await base.owner.query('delete from fichier');
  await rm(join(dossier, 'fichiers'), { recursive: true, force: true });
  depot = await ouvrir();
});

/** Runs as somebody does through a page. */
const comme = <Valeur>(nom: keyof typeof qui, travail: (db: Database) => Promise<Valeur>): Promise<Valeur> =>
  application.transaction().execute(async (transaction) => {
    const attribution = nom === 'sansRole' ? null : roles[nom];
    expect(await endosser(transaction, qui[nom], attribution)).toBe(true);
    return travail(transaction);
  });

const demande = (plus: Partial<Parameters<typeof deposerFichier>[3]> = {}) => ({
  nom: 'Délibération.pdf',
  contenu: pdf,
  objet: { type: 'candidature', id: absente },
  proprietaire: { structureId: structures.ici },
  deposePar: qui.ici,
  ...plus,
});
const deposer = async (plus: Partial<Parameters<typeof deposerFichier>[3]> = {}, ou = depot) =>
  exiger(await deposerFichier(base.db, ou, systeme, demande(plus)));
const gardes = async (): Promise<readonly string[]> =>
  (await readdir(join(dossier, 'fichiers'), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

describe('a file handed in', () => {
  it('is read back whole by its own, with its name and headers that keep a browser from running it', async () => {
    const { id, nom, statut } = exiger(
      await comme('ici', (db) =>
        deposerFichier(db, depot, agit('ici'), demande({ nom: '..\\x/Délibération\u202E.PDF' })),
      ),
    );
    expect({ nom, statut }).toEqual({ nom: 'Délibération.pdf', statut: 'sain' });
    const lu = exiger(await comme('ici', (db) => lireFichier(db, depot, id)));
    expect(await text(lu.flux)).toBe(pdf.toString());
    expect(lu.entetes).toEqual({
      'Content-Type': 'application/pdf',
      'Content-Length': String(pdf.length),
      'Content-Disposition': `attachment; filename="D-lib-ration.pdf"; filename*=UTF-8''D%C3%A9lib%C3%A9ration.pdf`,
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Cache-Control': 'private, no-store',
    });
    expect(
      await base.db.selectFrom('journal').select('contenu').where('objet_id', '=', id).execute(),
    ).toEqual([
      {
        contenu: {
          objet_type: 'candidature',
          objet_id: absente,
          mime: 'application/pdf',
          taille: pdf.length,
          statut: 'sain',
        },
      },
    ]);
  });

  it('is on the disk under its identifier alone, for the server alone, and never replaced', async () => {
    const { id } = await deposer();
    expect(await readFile(join(dossier, 'fichiers', id.slice(-2), id))).toEqual(pdf);
    expect((await stat(join(dossier, 'fichiers'))).mode & 0o077).toBe(0);
    await expect(ecrire(depot, id, Buffer.from('autre'))).rejects.toThrow(/there already/);
    expect(await readFile(join(dossier, 'fichiers', id.slice(-2), id))).toEqual(pdf);
    for (const chemin of ['../../secret', `${id}/..`, '', `${id}\u0000`, '..'])
      expect(() => cleDe(chemin), chemin).toThrow();
  });

  it('is refused empty, too large, or of another kind, and leaves nothing', async () => {
    const refus = async (plus: Partial<Parameters<typeof deposerFichier>[3]>) =>
      deposerFichier(base.db, depot, systeme, demande(plus));
    expect(await refus({ contenu: Buffer.alloc(0) })).toMatchObject({ refus: 'vide' });
    expect(await refus({ contenu: Buffer.concat([pdf, Buffer.alloc(mio)]) })).toMatchObject({
      refus: 'taille',
      message: 'Ce fichier est trop lourd : 1\u00a0Mo au plus.',
    });
    expect(await refus({ nom: 'logo.svg', contenu: Buffer.from('<svg/>') })).toMatchObject({
      refus: 'format',
    });
    expect(await refus({ nom: 'logo.png' })).toMatchObject({ refus: 'contenu' });
    expect(await gardes()).toEqual([]);
  });

  it('leaves no row when its bytes cannot be written', async () => {
    const broken = await ouvrir();
    await rm(join(dossier, 'fichiers'), { recursive: true });
    await writeFile(join(dossier, 'fichiers'), 'not a folder');
    await expect(deposerFichier(base.db, broken, systeme, demande())).rejects.toThrow();
    await rm(join(dossier, 'fichiers'));
    expect(await base.db.selectFrom('fichier').select('id').execute()).toEqual([]);
  });
});

describe('the wall around files', () => {
  it('shows a structure’s file to its managers and its département, and to nobody else', async () => {
    const { id } = await deposer();
    const lire = (nom: keyof typeof qui) => comme(nom, (db) => lireFichier(db, depot, id));
    expect(await lire('ici')).toMatchObject({ ok: true });
    expect(await lire('agent')).toMatchObject({ ok: true });
    const absent = await comme('ailleurs', (db) => lireFichier(db, depot, absente));
    expect(absent).toMatchObject({ refus: 'absent' });
    expect(await lire('ailleurs')).toEqual(absent);
    expect(await lire('sansRole')).toEqual(absent);
    // Nobody said to act.
    expect(await lireFichier(application, depot, id)).toEqual(absent);
    await expect(base.publique.selectFrom('fichier').select('id').execute()).rejects.toThrow(/permission/);
    const objet = { type: 'candidature', id: absente };
    expect(await comme('ailleurs', (db) => listFichiers(db, objet))).toEqual([]);
    expect(await comme('ici', (db) => listFichiers(db, objet))).toMatchObject([
      { id, nom: 'Délibération.pdf' },
    ]);
  });

  it('shows a person’s own file to that person', async () => {
    const { id } = exiger(
      await comme('sansRole', (db) =>
        deposerFichier(db, depot, agit('sansRole'), demande({ proprietaire: {}, deposePar: qui.sansRole })),
      ),
    );
    expect(await comme('sansRole', (db) => lireFichier(db, depot, id))).toMatchObject({ ok: true });
    expect(await comme('ici', (db) => lireFichier(db, depot, id))).toMatchObject({ refus: 'absent' });
  });

  it('lets nobody put a file with another’s, nor take another’s away, and leaves no bytes', async () => {
    const depose = (structureId: string) =>
      comme('ailleurs', (db) =>
        deposerFichier(
          db,
          depot,
          agit('ailleurs'),
          demande({ proprietaire: { structureId }, deposePar: qui.ailleurs }),
        ),
      );
    const etranger = await depose(structures.ici);
    expect(etranger).toMatchObject({ refus: 'absent' });
    expect(await depose(absente)).toEqual(etranger);
    expect(await gardes()).toEqual([]);
    const { id } = await deposer();
    expect(await comme('ailleurs', (db) => supprimerFichier(db, agit('ailleurs'), { id }))).toMatchObject({
      refus: 'absent',
    });
    expect(await comme('ici', (db) => lireFichier(db, depot, id))).toMatchObject({ ok: true });
  });

  it('keeps a file with its owner and its content as they were', async () => {
    const { id } = await deposer();
    for (const change of [
      { structure_id: structures.ailleurs },
      { mime: 'text/html' },
      { depose_par: qui.agent },
    ])
      await expect(base.db.updateTable('fichier').set(change).where('id', '=', id).execute()).rejects.toThrow(
        /permission/,
      );
  });
});

describe('the quota of a structure', () => {
  it('holds however many hand in at once', async () => {
    const serre = await ouvrir({ quota: pdf.length * 5 });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => deposerFichier(base.db, serre, systeme, demande())),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(5);
    for (const answer of answers) if (!answer.ok) expect(answer.refus).toBe('quota');
    expect(await gardes()).toHaveLength(5);
    // Another structure has its own.
    expect(
      await deposerFichier(
        base.db,
        serre,
        systeme,
        demande({ proprietaire: { structureId: structures.ailleurs } }),
      ),
    ).toMatchObject({ ok: true });
  });

  it('counts what was taken away until it is destroyed', async () => {
    const serre = await ouvrir({ quota: pdf.length });
    const { id } = await deposer({}, serre);
    exiger(await supprimerFichier(base.db, systeme, { id }));
    const plein = await deposerFichier(base.db, serre, systeme, demande());
    expect(plein).toMatchObject({
      refus: 'quota',
      message: expect.stringMatching(/Il ne reste que 0\u00a0ko/),
    });
    await nettoyerFichiers(base.db, serre, systeme, apres);
    expect(await deposerFichier(base.db, serre, systeme, demande())).toMatchObject({ ok: true });
  });
});

describe('cleaning', () => {
  it('destroys the bytes and the name of what was taken away, once, and says so in the journal', async () => {
    const { id } = await deposer();
    const { id: autre } = await deposer();
    exiger(await supprimerFichier(base.db, systeme, { id, motif: 'doublon' }));
    expect(await supprimerFichier(base.db, systeme, { id })).toMatchObject({ refus: 'absent' });
    expect(await lireFichier(base.db, depot, id)).toMatchObject({ refus: 'absent' });
    const rounds = await Promise.all([1, 2].map(() => nettoyerFichiers(base.db, depot, systeme, apres)));
    expect(rounds.map(({ orphelins }) => orphelins)).toEqual([0, 0]);
    expect(await gardes()).toEqual([autre]);
    const row = await base.db
      .selectFrom('fichier')
      .select(['nom', 'efface_le'])
      .where('id', '=', id)
      .executeTakeFirst();
    expect(row).toMatchObject({ nom: 'fichier effacé', efface_le: expect.any(Date) });
    const actes = await base.db
      .selectFrom('journal')
      .select('acte')
      .where('objet_id', '=', id)
      .orderBy('id')
      .execute();
    expect(actes.map(({ acte }) => acte)).toEqual([
      'fichier.deposer',
      'fichier.supprimer',
      'fichier.effacer',
    ]);
  });

  it('destroys the bytes that no row knows, once they are a day old', async () => {
    const lost = await base.db
      .transaction()
      .execute(async (transaction) => {
        const made = exiger(await deposerFichier(transaction, depot, systeme, demande()));
        return Promise.reject(new Error(made.id));
      })
      .catch((error: Error) => error.message);
    const { id } = await deposer();
    await writeFile(join(dossier, 'fichiers', 'lisez-moi.txt'), 'not ours');
    expect([...(await gardes())].sort()).toEqual([lost, id, 'lisez-moi.txt'].sort());
    expect(await nettoyerFichiers(base.db, depot, systeme, Temporal.Now.instant())).toEqual({
      effaces: 0,
      orphelins: 0,
    });
    expect(await nettoyerFichiers(base.db, depot, systeme, apres)).toEqual({ effaces: 0, orphelins: 1 });
    expect([...(await gardes())].sort()).toEqual([id, 'lisez-moi.txt'].sort());
  });

  it('is done only by who sees all files, in the database that they are of', async () => {
    for (let made = 0; made < 12; made += 1) await deposer();
    await expect(comme('ici', (db) => nettoyerFichiers(db, depot, systeme, apres))).rejects.toThrow(
      /sees them all/,
    );
    await base.owner.query('delete from fichier');
    await expect(nettoyerFichiers(base.db, depot, systeme, apres)).rejects.toThrow(
      /unknown to this database/,
    );
    expect(await gardes()).toHaveLength(12);
  });
});

describe('with an antivirus', () => {
  it('a file stays aside until examined; a sound one is given, another is refused and destroyed', async () => {
    const clamd = await ouvrirClamd();
    const surveille = await ouvrir({ clamd: clamd.adresse });
    const sain = await deposer({}, surveille);
    const infecte = await deposer({ nom: 'a.txt', contenu: Buffer.from(eicar) }, surveille);
    expect(sain.statut).toBe('a_part');
    expect(await lireFichier(base.db, surveille, sain.id)).toMatchObject({
      refus: 'a_part',
      message: expect.stringMatching(/antivirus/),
    });
    // Several rounds at once.
    const rounds = await Promise.all([1, 2, 3].map(() => examinerFichiers(base.db, surveille, systeme)));
    expect(rounds.map(({ sains }) => sains).reduce((a, b) => a + b)).toBe(1);
    expect(rounds.map(({ refuses }) => refuses).reduce((a, b) => a + b)).toBe(1);
    expect(rounds.flatMap(({ echecs }) => echecs)).toEqual([]);
    expect(clamd.examines).toHaveLength(2);
    expect(await lireFichier(base.db, surveille, sain.id)).toMatchObject({ ok: true });
    expect(await lireFichier(base.db, surveille, infecte.id)).toMatchObject({ refus: 'refuse' });
    const line = await base.db
      .selectFrom('journal')
      .select(['acte', 'motif'])
      .where('objet_id', '=', infecte.id)
      .orderBy('id', 'desc')
      .executeTakeFirst();
    expect(line).toEqual({ acte: 'fichier.refuser', motif: 'Eicar-Signature' });
    expect(await nettoyerFichiers(base.db, surveille, systeme, apres)).toMatchObject({ effaces: 1 });
    expect(await gardes()).toEqual([sain.id]);
    await clamd.fermer();
  });

  it('that does not answer, leaves files aside, and is asked again', async () => {
    const clamd = await ouvrirClamd();
    const surveille = await ouvrir({ clamd: clamd.adresse });
    await clamd.fermer();
    const made = [];
    for (let rank = 0; rank < 5; rank += 1) made.push(await deposer({}, surveille));
    const round = await examinerFichiers(base.db, surveille, systeme);
    expect(round).toMatchObject({ sains: 0, refuses: 0 });
    expect(round.echecs).toHaveLength(3);
    expect(await lireFichier(base.db, surveille, made[0]?.id ?? '')).toMatchObject({ refus: 'a_part' });
    const again = await ouvrirClamd();
    expect(await examinerFichiers(base.db, { ...surveille, clamd: again.adresse }, systeme)).toEqual({
      sains: 5,
      refuses: 0,
      echecs: [],
    });
    await again.fermer();
  });

  it('a file whose bytes are no longer those handed in is neither admitted nor given', async () => {
    const clamd = await ouvrirClamd();
    const surveille = await ouvrir({ clamd: clamd.adresse });
    const { id } = await deposer({}, surveille);
    await writeFile(join(dossier, 'fichiers', cleDe(id)), Buffer.alloc(pdf.length, 'x'));
    const { echecs } = await examinerFichiers(base.db, surveille, systeme);
    expect(echecs).toEqual([expect.stringMatching(/not those that were handed in/)]);
    await writeFile(join(dossier, 'fichiers', cleDe(id)), 'court');
    await base.owner.query(`update fichier set statut = 'sain'`);
    await expect(lireFichier(base.db, surveille, id)).rejects.toThrow(/5 bytes/);
    await clamd.fermer();
  });
});

it('a person who is erased takes along what was theirs, and leaves the files of a structure', async () => {
  const sien = await deposer({ proprietaire: {}, deposePar: qui.sansRole });
  const commun = await deposer({ deposePar: qui.sansRole });
  await base.owner.query('update personne set effacee_le = now() where id = $1', [qui.sansRole]);
  const row = await base.db.selectFrom('fichier').select('nom').where('id', '=', sien.id).executeTakeFirst();
  expect(row).toEqual({ nom: 'fichier effacé' });
  expect(await lireFichier(base.db, depot, sien.id)).toMatchObject({ refus: 'absent' });
  expect(await lireFichier(base.db, depot, commun.id)).toMatchObject({ ok: true });
  await nettoyerFichiers(base.db, depot, systeme, apres);
  expect(await gardes()).toEqual([commun.id]);
});

it('jobs examine and clean, and fail where the antivirus does', async () => {
  const clamd = await ouvrirClamd();
  const surveille = await ouvrir({ clamd: clamd.adresse });
  const faire = async (nom: string): Promise<void> => {
    const tache = tachesDesFichiers(async () => surveille).find((one) => one.nom === nom);
    const { signal } = new AbortController();
    const uneFois = async () => false;
    await tache?.faire({ db: base.db, acces: base.db, clock: () => apres, adresse: '', uneFois, signal }, {});
  };
  const { id } = await deposer({ nom: 'a.txt', contenu: Buffer.from(eicar) }, surveille);
  await faire('fichiers-examen');
  expect(await lireFichier(base.db, surveille, id)).toMatchObject({ refus: 'refuse' });
  await faire('fichiers-nettoyage');
  expect(await gardes()).toEqual([]);
  await deposer({}, surveille);
  await clamd.fermer();
  await expect(faire('fichiers-examen')).rejects.toThrow(/ECONNREFUSED/);
});

it('a bucket without its packages is refused at start, in French', () => {
  const s3 = { seau: 'a', region: 'b', adresse: undefined, cle: 'c', secret: 'd' };
  expect(depotAbsent({ s3 })).toMatch(
    /npm install --no-save @aws-sdk\/client-s3 @aws-sdk\/s3-request-presigner/,
  );
  expect(depotAbsent({ s3: undefined })).toBeNull();
});
