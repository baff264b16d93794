import { describe, expect, it } from 'vitest';
import { creerMemoire, type Rendu, rendu } from './memoire.ts';

const page = (texte: string): Rendu => rendu(200, { 'Content-Type': 'text/html' }, texte);

/** A memory over changes that the test makes, and drawings that end when it says so. */
const essai = () => {
  let generation: number | null = 1;
  const memoire = creerMemoire({ generation: () => generation, fermer: async () => undefined });
  let drawn = 0;
  const dessiner = async (): Promise<Rendu> => {
    drawn += 1;
    return page(`page ${drawn}`);
  };
  const changer = (next: number | null): void => {
    generation = next;
  };
  const lue = (): string | undefined => {
    const garde = memoire.lire('/a');
    return garde && Buffer.from(garde.rendu.corps).toString();
  };
  return { memoire, dessiner, changer, lue, combien: () => drawn };
};

/** A drawing under way, and the way to end it. */
const enCours = () => {
  const { promise, resolve, reject } = Promise.withResolvers<Rendu>();
  return { dessiner: () => promise, finir: resolve, rater: reject };
};

describe('a kept page', () => {
  it('is given again while nothing changes, and forgotten when something does', async () => {
    const { memoire, dessiner, changer, lue } = essai();
    expect(lue()).toBeUndefined();
    await memoire.produire('/a', dessiner);
    expect(lue()).toBe('page 1');
    changer(2);
    expect(lue()).toBeUndefined();
    await memoire.produire('/a', dessiner);
    expect(lue()).toBe('page 2');
    expect(memoire.lire('/b')).toBeUndefined();
  });

  it('is none when a change came while it was drawn', async () => {
    const { memoire, changer, lue } = essai();
    const { dessiner, finir } = enCours();
    const asked = memoire.produire('/a', dessiner);
    changer(2);
    finir(page('before the change'));
    // Whoever asked before has it.
    expect(Buffer.from((await asked).rendu.corps).toString()).toBe('before the change');
    expect(lue()).toBeUndefined();
    // Neither does it come back when the count of changes does.
    changer(1);
    expect(lue()).toBeUndefined();
  });

  it('is none while nobody listens to changes', async () => {
    const { memoire, dessiner, changer, lue, combien } = essai();
    changer(null);
    await Promise.all([memoire.produire('/a', dessiner), memoire.produire('/a', dessiner)]);
    expect([lue(), combien()]).toEqual([undefined, 2]);
    changer(1);
    expect(lue()).toBeUndefined();
    await memoire.produire('/a', dessiner);
    expect(lue()).toBe('page 3');
    changer(null);
    expect(lue()).toBeUndefined();
  });

  it('is none for what is not there, or went wrong', async () => {
    const { memoire, dessiner, lue } = essai();
    await memoire.produire('/a', async () => rendu(404, {}, 'absent'));
    expect(lue()).toBeUndefined();
    await expect(memoire.produire('/a', () => Promise.reject(new Error('panne')))).rejects.toThrow('panne');
    await memoire.produire('/a', dessiner);
    expect(lue()).toBe('page 1');
  });
});

describe('a page asked for by many at once', () => {
  it('is drawn once', async () => {
    const { memoire, combien } = essai();
    const { dessiner, finir } = enCours();
    let drawn = 0;
    const compter = (): Promise<Rendu> => {
      drawn += 1;
      return dessiner();
    };
    const asked = Array.from({ length: 20 }, () => memoire.produire('/a', compter));
    finir(page('once'));
    const bodies = await Promise.all(asked);
    expect(new Set(bodies.map(({ rendu: { etag } }) => etag)).size).toBe(1);
    expect([drawn, combien()]).toEqual([1, 0]);
  });

  it('is drawn again for those who ask after a change', async () => {
    const { memoire, changer, lue, dessiner: nouvelle } = essai();
    const { dessiner, finir } = enCours();
    const before = memoire.produire('/a', dessiner);
    changer(2);
    const after = await memoire.produire('/a', nouvelle);
    expect(Buffer.from(after.rendu.corps).toString()).toBe('page 1');
    finir(page('old'));
    await before;
    expect(lue()).toBe('page 1');
  });

  it('fails for all of them, once', async () => {
    const { memoire, dessiner: nouvelle, lue } = essai();
    const { dessiner, rater } = enCours();
    const asked = [memoire.produire('/a', dessiner), memoire.produire('/a', dessiner)];
    rater(new Error('panne'));
    for (const { status } of await Promise.allSettled(asked)) expect(status).toBe('rejected');
    await memoire.produire('/a', nouvelle);
    expect(lue()).toBe('page 1');
  });
});

it('a compressed form is made once, and says the same', async () => {
  const { memoire } = essai();
  const garde = await memoire.produire('/a', async () => page('bonjour '.repeat(1000)));
  const [first, again] = [memoire.forme(garde, 'br'), memoire.forme(garde, 'br')];
  expect(first).toBe(again);
  expect((await first).byteLength).toBeLessThan(200);
  expect(await memoire.forme(garde, 'identity')).toBe(garde.rendu.corps);
});
