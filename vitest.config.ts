import { defineConfig } from 'vitest/config';

// one process over all packages: `pnpm vitest`, `pnpm vitest --project store`, `pnpm coverage`
export default defineConfig({
  test: {
    projects: ['packages/*/vitest.config.ts', 'apps/*/vitest.config.ts'],
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.ts', 'apps/*/src/**/*.ts'],
      reporter: ['text-summary', 'lcovonly'],
    },
  },
});
