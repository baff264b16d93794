import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../src/platform/root.ts';
import { listRules, verifier } from './architecture.ts';

/** For each rule, the smallest tree that crosses it: path → contents. */
const crossings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'no-circle': {
    'src/a/rules.ts': "import { b } from './b.rules.ts';\nexport const a = () => b;",
    'src/a/b.rules.ts': "import { a } from './rules.ts';\nexport const b = () => a;",
  },
  'rooms-form-no-circle': {
    'src/a/index.ts': "export { x } from './x.ts';\nexport const a = 1;",
    'src/a/x.ts': "export { y as x } from '../b/index.ts';",
    'src/b/index.ts': "export { y } from './y.ts';\nexport { z } from './z.ts';",
    'src/b/y.ts': 'export const y = 1;',
    'src/b/z.ts': "export { w as z } from '../c/index.ts';",
    'src/c/index.ts': "export { w } from './w.ts';\nexport { v } from './v.ts';",
    'src/c/w.ts': 'export const w = 1;',
    'src/c/v.ts': "import type { a } from '../a/index.ts';\nexport const v: typeof a = 1;",
  },
  'platform-knows-no-room': {
    'src/platform/x.ts': "export { y } from '../a/index.ts';",
    'src/a/index.ts': 'export const y = 1;',
  },
  'through-the-door': {
    'src/a/acts.ts': "export { y } from '../b/store.ts';",
    'src/b/store.ts': 'export const y = 1;',
  },
  'rules-are-pure': {
    'src/a/rules.ts': "export { y } from './store.ts';",
    'src/a/store.ts': 'export const y = 1;',
  },
  'stores-only-store': {
    'src/a/store.ts': "export { y } from './acts.ts';",
    'src/a/acts.ts': 'export const y = 1;',
  },
  'views-are-drawn-only': {
    'src/a/views/page.tsx': "export { y } from '../store.ts';",
    'src/a/store.ts': 'export const y = 1;',
  },
  'only-main-composes': {
    'src/a/acts.ts': "export { y } from '../main/rooms.ts';",
    'src/main/rooms.ts': 'export const y = 1;',
  },
  'no-test-in-product': {
    'src/a/acts.ts': "export { y } from './acts.test.ts';",
    'src/a/acts.test.ts': 'export const y = 1;',
  },
  'no-dev-dependency': {
    'package.json': '{ "name": "x", "devDependencies": { "fast-check": "*" } }',
    'src/a/acts.ts': "export { assert } from 'fast-check';",
  },
  resolvable: { 'src/a/acts.ts': "export { y } from './nowhere.ts';" },
};

describe('each rule of the architecture check fires', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'maillage-architecture-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(Object.entries(crossings))('%s', async (rule, files) => {
    const tree = join(folder, rule);
    for (const [path, contents] of Object.entries({ 'package.json': '{ "name": "x" }', ...files })) {
      await mkdir(dirname(join(tree, path)), { recursive: true });
      await writeFile(join(tree, path), `${contents}\n`);
    }
    await symlink(join(root, 'node_modules'), join(tree, 'node_modules'));
    const { violations } = await verifier(tree, ['src']);
    expect(violations.map((violation) => violation.rule)).toContain(rule);
  });

  it('has a crossing for every rule there is', async () => {
    expect(Object.keys(crossings).sort()).toEqual([...(await listRules())].sort());
  });
});
