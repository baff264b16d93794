// For processes of their own that run acts from the sources: acts stand beside pages, which Node alone does not read.
import { createServer, createServerModuleRunner } from 'vite';

export type Modules = {
  readonly lire: <Module>(path: string) => Promise<Module>;
  readonly fermer: () => Promise<void>;
};

/** Reads modules as the build does; a module read twice is the same one. Paths begin at the root of the project. */
export const ouvrirModules = async (): Promise<Modules> => {
  const vite = await createServer({
    server: { middlewareMode: true, ws: false, watch: null },
    appType: 'custom',
    logLevel: 'error',
    optimizeDeps: { noDiscovery: true, include: [] },
  });
  const runner = createServerModuleRunner(vite.environments.ssr);
  return {
    lire: (path) => runner.import(path),
    fermer: async () => {
      await runner.close();
      await vite.close();
    },
  };
};
