import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { root } from '../platform/root.ts';
import {
  departementSelonCodePostal,
  distanceMetres,
  normaliserNom,
  normaliserNomImporte,
  reparerCodeDepartement,
  reparerCodeInsee,
  reparerCodePostal,
} from './rules.ts';

const reference = (file: string): readonly (readonly string[])[] =>
  readFileSync(join(root, 'reference', file), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(';'));

describe('normaliserNom', () => {
  it.each([
    ['Saint-Erme-Outre-et-Ramecourt', 'saint erme outre et ramecourt'],
    ['ST QUENTIN', 'saint quentin'],
    ['Ste-Geneviève', 'sainte genevieve'],
    ['L’Haÿ-les-Roses', 'hay les roses'],
    ["L'Haÿ-les-Roses", 'hay les roses'],
    ['Le Mans', 'mans'],
    ['Les Sables-d’Olonne', 'sables d olonne'],
    ['Œuilly', 'oeuilly'],
    ['FLAVY S/ MARTEL', 'flavy sur martel'],
    ['  Château - Thierry ', 'chateau thierry'],
    ['Le', 'le'],
    ['Y', 'y'],
    ['…', ''],
  ])('%s is compared as « %s »', (written, expected) => {
    expect(normaliserNom(written)).toBe(expected);
  });

  it('changes nothing when applied twice, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const once = normaliserNom(text);
        expect(normaliserNom(once)).toBe(once);
        expect(once).toMatch(/^([a-z0-9]+( [a-z0-9]+)*)?$/);
      }),
    );
  });

  it('gives the names for search of the reference files', () => {
    for (const [, nom = '', search] of [
      ...reference('communes.csv'),
      ...reference('communes-anciennes.csv'),
    ]) {
      expect(normaliserNom(nom)).toBe(search);
    }
  });
});

describe('normaliserNomImporte', () => {
  it.each([
    ['SAINT QUENTIN CEDEX', 'saint quentin'],
    ['LAON CEDEX 9', 'laon'],
    ['LYON 03', 'lyon'],
    ['Paris 12e Arrondissement', 'paris'],
    ['MARSEILLE 1ER ARRONDISSEMENT', 'marseille'],
    ['Bohain-en-Vermandois', 'bohain en vermandois'],
  ])('%s is the commune « %s »', (written, expected) => {
    expect(normaliserNomImporte(written)).toBe(expected);
  });
});

describe('codes', () => {
  const departements = reference('departements.csv').map(([code = '']) => code);
  const communes = reference('communes.csv').map(([code = '']) => code);
  const postaux = reference('codes-postaux.csv').map(([, code = '']) => code);

  it('leaves every code of the reference as it is', () => {
    for (const code of departements) expect(reparerCodeDepartement(code)).toEqual({ code, repare: false });
    for (const code of communes) expect(reparerCodeInsee(code)).toEqual({ code, repare: false });
    for (const code of postaux) expect(reparerCodePostal(code)).toEqual({ code, repare: false });
  });

  it('gives back the leading zeros that a spreadsheet took, and says so', () => {
    for (const [repair, codes] of [
      [reparerCodeDepartement, departements],
      [reparerCodeInsee, communes],
      [reparerCodePostal, postaux],
    ] as const) {
      for (const code of codes.filter((kept) => /^0\d+$/.test(kept))) {
        expect(repair(String(Number(code)))).toEqual({ code, repare: true });
      }
    }
  });

  it.each([
    ['2a', '2A'],
    [' 2b ', '2B'],
    ['002', '02'],
    ['971', '971'],
    ['20', undefined],
    ['97', undefined],
    ['96', undefined],
    ['989', undefined],
    ['', undefined],
    ['Aisne', undefined],
  ])('département « %s » is %s', (written, expected) => {
    expect(reparerCodeDepartement(written)?.code).toBe(expected);
  });

  it('refuses a postal code or an INSEE code that cannot be one', () => {
    for (const code of ['', '200', '123456', '00100', '99100', '2C004', 'abcde']) {
      expect(reparerCodePostal(code)).toBeNull();
      expect(reparerCodeInsee(code)).toBeNull();
    }
    expect(reparerCodePostal('2A004')).toBeNull();
    expect(reparerCodePostal('02 000')).toEqual({ code: '02000', repare: true });
  });

  it.each([
    ['02000', '02'],
    ['2000', '02'],
    ['20000', '2A'],
    ['20200', '2B'],
    ['97133', '977'],
    ['97150', '978'],
    ['97100', '971'],
    ['97500', '975'],
    ['97600', '976'],
    ['98800', '988'],
    ['98000', null],
    ['?', null],
  ])('postal code %s suggests the département %s', (code, expected) => {
    expect(departementSelonCodePostal(code)).toBe(expected);
  });
});

describe('distanceMetres', () => {
  const position = fc.record({
    latitude: fc.double({ min: -90, max: 90, noNaN: true }),
    longitude: fc.double({ min: -180, max: 180, noNaN: true }),
  });

  it('measures Laon to Paris as about 119 km', () => {
    const laon = { latitude: 49.5643, longitude: 3.6199 };
    const paris = { latitude: 48.85341, longitude: 2.3488 };
    expect(distanceMetres(laon, paris) / 1000).toBeGreaterThan(119);
    expect(distanceMetres(laon, paris) / 1000).toBeLessThan(123);
  });

  it('is nil to itself, the same both ways and never above half the Earth', () => {
    fc.assert(
      fc.property(position, position, (from, to) => {
        expect(distanceMetres(from, from)).toBe(0);
        expect(distanceMetres(from, to)).toBeCloseTo(distanceMetres(to, from), 3);
        expect(distanceMetres(from, to)).toBeLessThanOrEqual(20_015_200);
      }),
    );
  });
});
