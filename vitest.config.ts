import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'maillage',
          include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts', 'tests/**/*.test.ts'],
          globalSetup: ['tests/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // A browser that stalls is asked once more (one test of 3 000 in some runs); a failed assertion never is.
          retry: { count: 1, condition: /Test timed out in|Timeout \d+ms exceeded/ },
          // One would be the default on two cores, though most tests wait for a browser or a database.
          maxWorkers: 2,
        },
      },
    ],
  },
});
