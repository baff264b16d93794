import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../src/platform/root.ts';
import { listRules, verifier } from './architecture.ts';

type Tree = Readonly<Record<string, string>>;

/** Files that import one another in one line. */
const line = (from: string, to: string): Tree => ({
  [`src/${from}`]: `export { y } from '${relative(dirname(from), to).replace(/^(?!\\.)/, './')}';`,
  [`src/${to}`]: 'export const y = 1;',
});

/** For each rule, the smallest trees that cross it: path → contents. */
const crossings: Readonly<Record<string, Tree | readonly Tree[]>> = {
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
  'stores-only-store': [
    line('a/store.ts', 'a/acts.ts'),
    line('a/x.store.ts', 'a/y.acts.ts'),
    line('a/x.store.ts', 'a/commands.ts'),
    line('a/store.ts', 'a/routes.tsx'),
    line('a/x.store.ts', 'a/x.routes.tsx'),
    line('a/store.ts', 'a/partage.routes.ts'),
    line('a/store.ts', 'a/views/page.tsx'),
  ],
  'views-are-drawn-only': [
    line('a/views/page.tsx', 'a/store.ts'),
    line('a/views/page.tsx', 'a/x.store.ts'),
    line('a/views/page.tsx', 'a/acts.ts'),
    line('a/views/page.tsx', 'platform/http/route.ts'),
  ],
  'views-know-rules-alone': [
    line('a/views/page.tsx', 'a/carte.ts'),
    line('a/views/page.tsx', 'a/listes.ts'),
    line('a/x/views/page.tsx', 'a/x/acts.ts'),
    line('a/x/views/page.tsx', 'a/y.ts'),
  ],
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

  const trees = Object.entries(crossings).flatMap(([rule, one]) =>
    [one].flat().map((files) => [rule, Object.keys(files).join(' '), files] as const),
  );
  it.each(trees)('%s: %s', async (rule, name, files) => {
    const tree = join(folder, rule, name.replaceAll('/', '-'));
    for (const [path, contents] of Object.entries({ 'package.json': '{ "name": "x" }', ...files })) {
      await mkdir(dirname(join(tree, path)), { recursive: true });
      await writeFile(join(tree, path), `${contents}\n`);
    }
    await symlink(join(root, 'node_modules'), join(tree, 'node_modules'));
    const { violations } = await verifier(tree, ['src']);
    expect(violations.map((violation) => violation.rule)).toContain(rule);
  });

  it('and lets a view know other views, rules, thresholds and types', async () => {
    const tree = join(folder, 'allowed');
    const known = ['views/part.tsx', 'rules.ts', 'x.rules.ts', 'seuils.ts'];
    await mkdir(join(tree, 'src/a/views'), { recursive: true });
    await writeFile(join(tree, 'package.json'), '{ "name": "x" }');
    for (const file of known) await writeFile(join(tree, 'src/a', file), 'export const y = 1;\n');
    await writeFile(join(tree, 'src/a/carte.ts'), 'export type Y = 1;\n');
    const imports = known.map((file, rang) => `export { y as y${rang} } from '../${file}';`);
    await writeFile(
      join(tree, 'src/a/views/page.tsx'),
      [...imports, "export type { Y } from '../carte.ts';", ''].join('\n'),
    );
    await symlink(join(root, 'node_modules'), join(tree, 'node_modules'));
    expect(await verifier(tree, ['src'])).toMatchObject({ violations: [] });
  });

  it('has a crossing for every rule there is', async () => {
    expect(Object.keys(crossings).sort()).toEqual([...(await listRules())].sort());
  });
});
