// node scripts/architecture.ts: checks the lines of the house. Fails as well when a tracked file was not read, since a
// check that reads nothing finds nothing.
import { execFileSync } from 'node:child_process';
import { cruise } from 'dependency-cruiser';
import extractConfig from 'dependency-cruiser/config-utl/extract-depcruise-config';
import { root } from '../src/platform/root.ts';

/** What is checked: all the code that the product is made of and tested with. */
export const folders = ['src', 'bin', 'islands', 'scripts', 'tests', 'bench'];

export type Violation = { readonly rule: string; readonly from: string; readonly to: string };

const lines = extractConfig(`${root}/.dependency-cruiser.cjs`);

/** The names of the rules there are. */
export const listRules = async (): Promise<readonly string[]> => {
  const { forbidden = [] } = await lines;
  return forbidden.map(({ name }) => name ?? '');
};

/** Runs the rules on folders of a tree; gives the files read and the lines crossed. */
export const verifier = async (
  baseDir: string,
  paths: readonly string[],
): Promise<{ readonly modules: readonly string[]; readonly violations: readonly Violation[] }> => {
  const { forbidden = [], options = {} } = await lines;
  const result = await cruise([...paths], { ...options, baseDir, ruleSet: { forbidden }, validate: true });
  if (typeof result.output === 'string') throw new Error('the result is an object without a reporter');
  return {
    modules: result.output.modules
      .map(({ source }) => source)
      .filter((source) => !source.startsWith('node_modules/')),
    violations: result.output.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  };
};

if (import.meta.main) {
  const tracked = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', ...folders],
    { cwd: root, encoding: 'utf8' },
  )
    .split('\n')
    .filter((file) => /\.(tsx?|mjs)$/.test(file) && !file.endsWith('.d.ts'));
  const { modules, violations } = await verifier(root, folders);
  const unread = tracked.filter((file) => !modules.includes(file));
  for (const { rule, from, to } of violations) process.stderr.write(`${rule}: ${from} → ${to}\n`);
  for (const file of unread) process.stderr.write(`not read by the architecture check: ${file}\n`);
  process.stdout.write(`architecture: ${modules.length} modules read, ${violations.length} lines crossed\n`);
  if (violations.length > 0 || unread.length > 0) process.exitCode = 1;
}
