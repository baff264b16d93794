import { join } from 'node:path';
import { root } from '../platform/root.ts';

/** The fonts of documents, as the build converted them. */
export const fontsFolder = join(root, 'dist', 'fonts');
