import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { eicar, ouvrirClamd } from './clamd.fixtures.ts';
import { examiner } from './clamd.ts';

async function* flux(...pieces: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
}

let clamd: Awaited<ReturnType<typeof ouvrirClamd>> | undefined;
afterEach(async () => {
  await clamd?.fermer();
  clamd = undefined;
});

describe('the antivirus', () => {
  it('is sent every byte, in pieces it takes, and its verdict is read', async () => {
    clamd = await ouvrirClamd();
    const long = Buffer.alloc(1_000_000, 'maillage');
    expect(await examiner(clamd.adresse, flux('début', long, 'fin'))).toEqual({ sain: true });
    expect(clamd.examines[0]?.equals(Buffer.concat([Buffer.from('début'), long, Buffer.from('fin')]))).toBe(
      true,
    );
    expect(await examiner(clamd.adresse, flux())).toEqual({ sain: true });
  });

  it('finds what it knows, even across two pieces', async () => {
    clamd = await ouvrirClamd();
    expect(await examiner(clamd.adresse, flux(eicar.slice(0, 30), eicar.slice(30)))).toEqual({
      sain: false,
      signature: 'Eicar-Signature',
    });
  });

  it('is reached by a socket of the machine too', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'maillage-clamd-'));
    clamd = await ouvrirClamd({}, { path: join(folder, 'clamd.ctl') });
    expect(await examiner(clamd.adresse, flux('sain'))).toEqual({ sain: true });
    await rm(folder, { recursive: true });
  });

  it('gives no verdict on a stream that it finds too long, though it answers before the end', async () => {
    clamd = await ouvrirClamd({ max: 100_000 });
    await expect(examiner(clamd.adresse, flux(Buffer.alloc(5_000_000)))).rejects.toThrow(
      /clamd|ECONNRESET|EPIPE/,
    );
  });

  it('gives no verdict when it hangs up, is silent or is not there', async () => {
    clamd = await ouvrirClamd({ defaut: 'raccroche' });
    await expect(examiner(clamd.adresse, flux('a'))).rejects.toThrow();
    await clamd.fermer();
    await expect(examiner(clamd.adresse, flux('a'))).rejects.toThrow(/ECONNREFUSED/);
    clamd = await ouvrirClamd({ defaut: 'muet' });
    await expect(examiner(clamd.adresse, flux('a'), 100)).rejects.toThrow(/silent/);
  });

  it('gives no verdict on a stream that breaks', async () => {
    clamd = await ouvrirClamd();
    async function* casse(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('a');
      throw new Error('disque illisible');
    }
    await expect(examiner(clamd.adresse, casse())).rejects.toThrow(/disque illisible/);
    expect(clamd.examines).toEqual([]);
  });
});
