import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Courriel, deposerCourriel } from './courriel.ts';
import { connectDatabase, type Database } from './database/index.ts';
import { type TestDatabase, withTestDatabase } from './database/testing.ts';

let base: TestDatabase;
let application: Database;
let acces: Database;
let expedition: Database;
beforeAll(async () => {
  base = await withTestDatabase('reference');
  application = connectDatabase(base.url, 'application', 2);
  acces = connectDatabase(base.url, 'acces', 2);
  expedition = connectDatabase(base.url, 'expedition', 1);
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

  it('keeps a secret link from administrators, for signing in and the sender alone', async () => {
    const id = await deposerCourriel(base.db, secret);
    const link = (db: Database) =>
      db.selectFrom('courriel').select('lien_secret').where('id', '=', id).execute();
    await expect(link(base.db)).rejects.toThrow(/permission denied/);
    expect(await link(acces)).toEqual([{ lien_secret: secret.lien?.href }]);
    expect(await link(expedition)).toEqual([{ lien_secret: secret.lien?.href }]);
    const seen = await base.db.selectFrom('courriel').select('contenu').where('id', '=', id).execute();
    expect(JSON.stringify(seen)).not.toContain('https:');
  });
});
