import { join } from 'node:path';
import { prepare, root } from './prepare.mjs';
import { run } from './run.mjs';

prepare();
run(join(root, 'dist', 'main.js'), process.argv.slice(2));
