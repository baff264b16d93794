import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { type Courriel, deposerCourriel, oublierCourriels } from './courriel.ts';
import { connectDatabase, type Database } from './database/index.ts';
import { type TestDatabase, withTestDatabase } from './database/testing.ts';

let base: TestDatabase;
let application: Database;
let acces: Database;
let expedition: Database;
beforeAll(async () => {
  base = await withTestDatabase('reference');
  application = connectDatabase(base.adresses, 'application', 2);
  acces = connectDatabase(base.adresses, 'acces', 2);
  expedition = connectDatabase(base.adresses, 'expedition', 1);
});
afterAll(async () => {
  await Promise.all([application.destroy(), acces.destroy(), expedition.destroy()]);
  await base.close();
});

const courriel: Courriel = {
  destinataire: 'prefete@example.fr',
  objet: 'Décision n° 12',
  paragraphes: ['Bonjour,', 'La décision est signée.'],
  lien: { texte: 'Voir la décision', href: 'https://maillage.example.fr/decisions/12' },
};
const secret: Courriel = { ...courriel, secret: true };

const personne = async (adresse: string): Promise<string> => {
  const { rows } = await base.owner.query<{ id: string }>(
    `insert into personne (courriel, prenom, nom) values ($1, 'Ada', 'Essai') returning id`,
    [adresse],
  );
  return rows[0]?.id ?? '';
};

describe('the outbox', () => {
  it.each([
    ['application', () => application],
    ['operateur', () => base.db],
    ['acces', () => acces],
  ])('takes mail from %s, in the transaction of the act', async (_role, db) => {
    const id = await db()
      .transaction()
      .execute((transaction) => deposerCourriel(transaction, courriel));
    const undone = db()
      .transaction()
      .execute(async (transaction) => {
        await deposerCourriel(transaction, { ...courriel, cle: 'undone' });
        throw new Error('the act fails');
      });
    await expect(undone).rejects.toThrow('the act fails');
    const { rows } = await base.owner.query(
      `select id, statut, contenu from courriel where id = $1 or cle = 'undone'`,
      [id],
    );
    expect(rows).toEqual([
      { id, statut: 'en_attente', contenu: { paragraphes: courriel.paragraphes, lien: courriel.lien } },
    ]);
  });

  it('makes one mail of the same key, even at once', async () => {
    const ids = await Promise.all(
      Array.from({ length: 8 }, () => deposerCourriel(base.db, { ...courriel, cle: 'decision:12' })),
    );
    expect(new Set(ids).size).toBe(1);
  });

  it('makes one line of a subject', async () => {
    const id = await deposerCourriel(base.db, { ...courriel, objet: 'Bonjour\r\nBcc: tous@example.fr' });
    const { rows } = await base.owner.query('select objet from courriel where id = $1', [id]);
    expect(rows).toEqual([{ objet: 'Bonjour Bcc: tous@example.fr' }]);
  });

  it.each([
    ['two addresses in two lines', { destinataire: 'a@example.fr\nb@example.fr' }],
    ['a link to no page', { lien: { texte: 'x', href: 'javascript:alert(1)' } }],
  ])('refuses %s', async (_case, wrong) => {
    await expect(deposerCourriel(base.db, { ...courriel, ...wrong })).rejects.toThrow();
  });

  it('shows a person their own mail, and nobody the others', async () => {
    const [ada, bob] = [await personne('ada@example.fr'), await personne('bob@example.fr')];
    await deposerCourriel(base.db, { ...courriel, personne: ada });
    const read = (who: string) =>
      application.transaction().execute(async (transaction) => {
        if (who !== '') await sql`select endosser(${who}::uuid, null)`.execute(transaction);
        return transaction.selectFrom('courriel').select('personne_id').execute();
      });
    expect(await read(ada)).toEqual([{ personne_id: ada }]);
    expect(await read(bob)).toEqual([]);
    expect(await read('')).toEqual([]);
  });

  it('keeps a secret link for the sender alone, outside the demonstration', async () => {
    const id = await deposerCourriel(base.db, secret);
    const link = (db: Database) =>
      db.selectFrom('courriel').select('lien_secret').where('id', '=', id).execute();
    await expect(link(base.db)).rejects.toThrow(/permission denied/);
    expect(await link(acces)).toEqual([]);
    expect(await link(expedition)).toEqual([{ lien_secret: secret.lien?.href }]);
    const seen = await base.db.selectFrom('courriel').select('contenu').where('id', '=', id).execute();
    expect(JSON.stringify(seen)).not.toContain('https:');
  });

  it('forgets what mails said after 30 days, gives up those that never left, and forgets them after a year', async () => {
    const jours = [1, 31, 400];
    const ids = await Promise.all(jours.map(() => deposerCourriel(base.db, secret)));
    const envoye = await deposerCourriel(base.db, courriel);
    for (const [rang, id] of ids.entries())
      await base.owner.query(
        `update courriel set cree_le = now() - make_interval(days => $2) where id = $1`,
        [id, jours[rang]],
      );
    await base.owner.query(
      `update courriel set statut = 'envoye', envoye_le = now() - interval '31 days' where id = $1`,
      [envoye],
    );
    await oublierCourriels(base.db);
    const { rows } = await base.owner.query<{ id: string }>(
      `select id, statut, contenu = '{}' as oublie, lien_secret is null as ferme from courriel where id = any ($1)`,
      [[...ids, envoye]],
    );
    const etat = (id: string | undefined) => rows.find((row) => row.id === id);
    expect(etat(ids[0])).toMatchObject({ statut: 'en_attente', oublie: false, ferme: false });
    expect(etat(ids[1])).toMatchObject({ statut: 'abandonne', oublie: true, ferme: true });
    expect(etat(ids[2])).toBeUndefined();
    expect(etat(envoye)).toMatchObject({ statut: 'envoye', oublie: true });
  });
});

describe('the settings of mail', () => {
  it.each([
    [{ MAILLAGE_SMTP: 'http://hote' }, /MAILLAGE_SMTP attend/],
    [{ MAILLAGE_SMTP: 'smtp://hote:25' }, /MAILLAGE_SMTP demande aussi MAILLAGE_COURRIEL/],
    [{ MAILLAGE_COURRIEL: 'Maillage' }, /MAILLAGE_COURRIEL attend une adresse/],
  ])('refuse %o, naming the variable', (env, message) => {
    expect(readConfig(env)).toMatchObject({ ok: false, message: expect.stringMatching(message) });
  });

  it('are a server and an address, or nothing', () => {
    const set = { MAILLAGE_SMTP: 'smtps://moi:mot%40passe@hote', MAILLAGE_COURRIEL: 'no@example.fr' };
    expect(readConfig(set)).toMatchObject({
      valeur: { courriel: { smtp: set.MAILLAGE_SMTP, expediteur: 'no@example.fr' } },
    });
    expect(readConfig({})).toMatchObject({ valeur: { courriel: undefined } });
  });
});
