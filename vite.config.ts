import { defineConfig } from 'vite';

/**
 * Bundles for Node: the server, the command line, and the threads that make workbooks, calculate
 * allocations and draw documents. Dependencies stay in
 * node_modules.
 */
export default defineConfig({
  build: {
    ssr: true,
    outDir: 'dist',
    target: 'node24',
    emptyOutDir: true,
    rolldownOptions: {
      input: {
        main: 'src/main.ts',
        maillage: 'bin/maillage.ts',
        classeur: 'src/platform/listes/classeur.ts',
        calcul: 'src/candidatures/repartition/calcul.ts',
        dessin: 'src/candidatures/notification/formats/dessin.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
  ssr: { target: 'node' },
});
