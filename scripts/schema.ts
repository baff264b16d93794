// node scripts/schema.ts [--verifier]: writes src/platform/database/schema.ts from the migrations, or says it is stale.
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startEmbedded } from '../src/platform/database/embedded.ts';
import { connectClient } from '../src/platform/database/index.ts';
import { migrate, readMigrations } from '../src/platform/database/migrate.ts';
import { root } from '../src/platform/root.ts';

const target = join(root, 'src', 'platform', 'database', 'schema.ts');
const checking = process.argv.includes('--verifier');
const folder = await mkdtemp(join(tmpdir(), 'maillage-schema-'));
await chmod(folder, 0o755);
const cluster = await startEmbedded(folder, { ephemeral: true });
if (!cluster.ok) throw new Error(cluster.message);
try {
  const client = await connectClient({ proprietaire: cluster.valeur.url }, 'proprietaire');
  const result = await migrate(client, await readMigrations());
  if (!result.ok) throw new Error(result.message);
  await client.end();
  const options = [
    '--dialect=postgres',
    `--url=${cluster.valeur.url}`,
    '--date-parser=string',
    '--numeric-parser=number',
  ];
  const output = [
    '--type-mapping={"int8":"number","interval":"string"}',
    `--out-file=${target}`,
    '--log-level=error',
  ];
  const codegen = join(root, 'node_modules', '.bin', 'kysely-codegen');
  await promisify(execFile)(codegen, [...options, ...output, ...(checking ? ['--verify'] : [])]);
} finally {
  await cluster.valeur.stop();
  await rm(folder, { recursive: true, force: true });
}
