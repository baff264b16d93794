// npm test: everything, one command. `npm test -- FILTER` runs the tests whose file matches, without the checks.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { node, prepare, root } from './prepare.mjs';

prepare({ withDev: true });

const bin = (name) => join(root, 'node_modules', '.bin', name);
const run = (command, args) =>
  new Promise((resolve) => {
    const started = Date.now();
    // The tools' own scripts ask for `node` by name: the pinned one comes first.
    const env = {
      ...process.env,
      PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH}`,
      NODE_OPTIONS: '',
    };
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('close', (code) =>
      resolve({ ok: code === 0, output, seconds: ((Date.now() - started) / 1000).toFixed(1) }),
    );
  });

const checks = [
  ['formatting and lint', bin('biome'), ['ci', '--error-on-warnings', '.']],
  ['types', bin('tsc'), ['--noEmit']],
  ['architecture', node, ['scripts/architecture.ts']],
  ['dead code', bin('knip'), []],
  ['generated types', node, ['scripts/schema.ts', '--verifier']],
];

const filters = process.argv.slice(2);
let passed = 0;
let failed = 0;
for (const [name, command, args] of filters.length > 0 ? [] : checks) {
  const { ok, output, seconds } = await run(command, args);
  process.stdout.write(`${ok ? '✓' : '✗'} ${name} (${seconds} s)\n${ok ? '' : `${output}\n`}`);
  if (ok) passed += 1;
  else failed += 1;
}

const folder = mkdtempSync(join(tmpdir(), 'maillage-rapport-'));
const file = join(folder, 'vitest.json');
const { ok, output, seconds } = await run(bin('vitest'), [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile=${file}`,
  ...filters,
]);
process.stdout.write(`${output}\n${ok ? '✓' : '✗'} tests (${seconds} s)\n`);
try {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  passed += report.numPassedTests;
  // A file that does not load fails without a test of its own; a skipped test is not a passed one.
  failed +=
    report.numFailedTests +
    report.numPendingTests +
    report.numTodoTests +
    (report.success || report.numFailedTests > 0 ? 0 : 1);
  // What failed, again at the end: a log cut to its last lines still says which and why.
  for (const { name, status, message, assertionResults } of report.testResults) {
    const failures = assertionResults.filter((result) => result.status === 'failed');
    const reasons = failures.map((result) =>
      [result.fullName, ...result.failureMessages].join('\n').slice(0, 2000),
    );
    if (status === 'failed' && reasons.length === 0) reasons.push(message.slice(0, 2000));
    for (const reason of reasons) process.stdout.write(`✗ ${relative(root, name)}: ${reason}\n`);
    // What timed out and passed when it was asked once more is said: a test that does so often is to be mended.
    for (const result of assertionResults)
      if (result.status === 'passed' && result.failureMessages.length > 0)
        process.stdout.write(`↻ ${relative(root, name)}: ${result.fullName}\n`);
  }
} catch {
  failed += 1;
}
if (!ok && failed === 0) failed = 1;
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`${passed} passed, ${failed} failed\n`);
// Never `process.exit`: what waits to be written to a pipe, the closing line above all, would be lost.
process.exitCode = failed === 0 ? 0 : 1;
