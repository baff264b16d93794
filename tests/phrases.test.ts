import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { phrases, workflows } from '../src/main/rooms.ts';
import { typographier } from '../src/platform/francais/index.ts';
import { root } from '../src/platform/root.ts';

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.|fixtures/.test(file))
  .map((file) => [file, readFileSync(join(root, 'src', file), 'utf8')] as const);

const ecrits = sources.flatMap(([, source]) =>
  [...source.matchAll(/\bacte:\s*'([a-z_]+\.[a-z_]+)'/g)].map(([, acte = '']) => acte),
);
const transitions = workflows.flatMap(({ table, transitions: named }) =>
  Object.keys(named).map((nom) => `${table}.${nom}`),
);

it('every act has its sentence, and every sentence its act', () => {
  expect(ecrits.length).toBeGreaterThan(10);
  expect(Object.keys(phrases).sort()).toEqual([...new Set([...ecrits, ...transitions])].sort());
});

it('acts are written as they are named, so that they are all found', () => {
  const hidden = sources
    .filter(([file]) => !/^platform[/\\](journal|workflow|historique|scellement)\.ts$/.test(file))
    .flatMap(([file, source]) =>
      [...source.matchAll(/journaliser\([^;]*?\{\s*(acte:\s*[^\n]*)/g)].map(
        ([, line = '']) => `${file}: ${line}`,
      ),
    )
    .filter((line) => !/: acte:\s*'[a-z_]+\.[a-z_]+',$/.test(line));
  expect(hidden).toEqual([]);
  const calls = sources.reduce(
    (sum, [, source]) => sum + [...source.matchAll(/journaliser(?:EnLot)?\(/g)].length,
    0,
  );
  // Beside the acts: the two calls of workflows, whose acts are the transitions.
  expect(calls - 2).toBe(ecrits.length);
});

it.each(Object.entries(phrases))('the sentence of %s stands whatever its act left behind', (_, phrase) => {
  const sentence = phrase({});
  expect(sentence).toMatch(/^[\p{Lu}\d].*[^.\s]$/u);
  expect(typographier(sentence)).toBe(sentence);
});
