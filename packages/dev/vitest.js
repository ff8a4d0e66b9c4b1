import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

// sibling packages resolve to their TypeScript sources: no build before a test
const conditions = ['@openkb/source', ...defaultServerConditions];

export const shared = defineConfig({
  ssr: { resolve: { conditions } },
  test: {
    environment: 'node',
    // files share one worker thread of the package: 3 times as fast; a package with native addons or
    // tests that change the process sets pool: 'forks' or isolate: true for itself
    pool: 'threads',
    isolate: false,
    include: ['test/**/*.test.ts'],
    benchmark: { include: ['test/**/*.bench.ts'] },
    typecheck: { include: ['test/**/*.test-d.ts'] },
    restoreMocks: true,
    // a busy machine is no failure: no test is about time, and these end only what would never end
    testTimeout: 180_000,
    hookTimeout: 180_000,
    teardownTimeout: 60_000,
    expect: { poll: { timeout: 180_000 } },
    reporters: process.env.OPENKB_REPORT
      ? ['dot', ['json', { outputFile: 'reports/vitest.json' }]]
      : ['default'],
  },
});
