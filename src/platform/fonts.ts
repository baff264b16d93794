import { join } from 'node:path';
import { root } from './root.ts';

/** The fonts of documents and pictures, as the build converted them. */
export const fontsFolder = join(root, 'dist', 'fonts');
