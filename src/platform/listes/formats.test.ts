import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { champ, defineListe, ecrireListe, type Ligne } from './index.ts';

const liste = defineListe({
  code: 'essais',
  titre: 'Essais',
  description: 'Lignes d’un essai.',
  nom: ['essai', 'essais'],
  relation: sql`essai`,
  cle: { sql: sql`id`, schema: z.string(), condition: (cle) => sql`id = ${cle}`, exemple: '1' },
  tri: { champ: 'nom', sens: 'asc' },
  filtres: {},
  champs: Object.fromEntries(
    ['nom', ...Array.from({ length: 20 }, (_, rang) => `champ_${rang}`)].map((code) => [
      code,
      champ('texte', code, 'Un texte.', sql.ref(code)),
    ]),
  ),
});

const ligne: Ligne = Object.fromEntries(Object.keys(liste.champs).map((code) => [code, `valeur de ${code}`]));

async function* lignes(compte: number, onStart = (): void => undefined): AsyncGenerator<Ligne> {
  onStart();
  for (let count = 0; count < compte; count += 1) yield ligne;
}

const ecrire = async (format: 'csv' | 'json' | 'xlsx', rows: AsyncIterable<Ligne>): Promise<number> => {
  let size = 0;
  for await (const part of ecrireListe(liste, format, rows, 'essai')) size += part.length;
  return size;
};

describe('a long file', () => {
  it.each(['csv', 'json', 'xlsx'] as const)(
    '%s lets the server serve others while it is made',
    async (format) => {
      let longest = 0;
      let last = performance.now();
      const clock = setInterval(() => {
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
      }, 1);
      const start = performance.now();
      await ecrire(format, lignes(20_000));
      longest = Math.max(longest, performance.now() - last);
      clearInterval(clock);
      expect(longest / (performance.now() - start)).toBeLessThan(0.5);
    },
  );
});

describe('workbooks asked for at once', () => {
  it('are made one after the other, and their rows are read only then', async () => {
    const events: string[] = [];
    const make = async (name: string): Promise<void> => {
      await ecrire(
        'xlsx',
        lignes(10, () => events.push(`${name} begins`)),
      );
      events.push(`${name} is made`);
    };
    await Promise.all([make('a'), make('b'), make('c')]);
    expect(events).toEqual(['a begins', 'a is made', 'b begins', 'b is made', 'c begins', 'c is made']);
  });

  it('are made although one fails, which says why', async () => {
    async function* broken(): AsyncGenerator<Ligne> {
      yield ligne;
      throw new Error('la base est partie');
    }
    const results = await Promise.allSettled([ecrire('xlsx', broken()), ecrire('xlsx', lignes(10))]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(String(results.map((result) => ('reason' in result ? result.reason : '')))).toContain(
      'la base est partie',
    );
  });
});

it('a code is written in words for people, as it is for programs', async () => {
  const codee = {
    ...liste,
    champs: { nom: champ('texte', 'État', 'Un état.', sql.ref('nom'), { mots: { a_venir: 'à venir' } }) },
  };
  const deux = async function* (): AsyncGenerator<Ligne> {
    yield { nom: 'a_venir' };
    yield { nom: 'autre' };
  };
  const lire = async (format: 'csv' | 'json'): Promise<string> => {
    const parts: Uint8Array[] = [];
    for await (const part of ecrireListe(codee, format, deux(), 'essai')) parts.push(Buffer.from(part));
    return Buffer.concat(parts).toString();
  };
  expect(await lire('csv')).toBe('\ufeffnom\r\nà venir\r\nautre\r\n');
  expect(JSON.parse(await lire('json'))).toEqual([{ nom: 'a_venir' }, { nom: 'autre' }]);
});
