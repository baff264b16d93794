import { defineConfig } from 'vite';

/** Two bundles for Node: the server and the command line. Dependencies stay in node_modules. */
export default defineConfig({
  build: {
    ssr: true,
    outDir: 'dist',
    target: 'node24',
    emptyOutDir: true,
    rolldownOptions: {
      input: { main: 'src/main.ts', maillage: 'bin/maillage.ts' },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
  ssr: { target: 'node' },
});
