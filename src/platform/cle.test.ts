import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { avertirDeLaCle, cleDe } from './cle.ts';

let dossier = '';
beforeEach(() => {
  dossier = mkdtempSync(join(tmpdir(), 'maillage-cle-'));
});
afterEach(() => rmSync(dossier, { recursive: true, force: true }));

const module = new URL('./cle.ts', import.meta.url).href;

/** A start that waits for the others, then asks for the key. */
const demarrage = (depart: SharedArrayBuffer): Promise<string> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(
      `const { parentPort, workerData } = require('node:worker_threads');
       import(workerData.module).then(({ cleDe }) => {
         const pret = new Int32Array(workerData.depart);
         Atomics.add(pret, 0, 1);
         Atomics.notify(pret, 0);
         for (let vus; (vus = Atomics.load(pret, 0)) < workerData.nombre; ) Atomics.wait(pret, 0, vus);
         parentPort.postMessage(cleDe({ cle: undefined, dossier: workerData.dossier }));
       });`,
      { eval: true, workerData: { module, depart, dossier: join(dossier, 'donnees'), nombre: 4 } },
    );
    worker.once('message', resolve);
    worker.once('error', reject);
  });

describe('the key kept beside the data', () => {
  it('is made once and whole, by many starts at once', async () => {
    for (let tour = 0; tour < 5; tour += 1) {
      rmSync(join(dossier, 'donnees'), { recursive: true, force: true });
      const depart = new SharedArrayBuffer(4);
      const cles = await Promise.all(Array.from({ length: 4 }, () => demarrage(depart)));
      expect(new Set(cles).size).toBe(1);
      expect(cles[0]).toHaveLength(64);
      expect(readdirSync(join(dossier, 'donnees'))).toEqual(['cle']);
    }
    expect(statSync(join(dossier, 'donnees', 'cle')).mode & 0o077).toBe(0);
  });

  it('is refused when cut short, and left as it is', () => {
    for (const reste of ['', 'x'.repeat(31)]) {
      writeFileSync(join(dossier, 'cle'), reste);
      expect(() => cleDe({ cle: undefined, dossier })).toThrow('fewer than 32');
      expect(readFileSync(join(dossier, 'cle'), 'utf8')).toBe(reste);
    }
  });

  it('is said to be of one machine where the database is elsewhere', () => {
    const databaseUrl = 'postgresql://base.example/maillage';
    expect(avertirDeLaCle({ cle: undefined, databaseUrl })).toContain('MAILLAGE_CLE');
    expect(avertirDeLaCle({ cle: 'x'.repeat(32), databaseUrl })).toBeUndefined();
    expect(avertirDeLaCle({ cle: undefined, databaseUrl: undefined })).toBeUndefined();
  });
});
