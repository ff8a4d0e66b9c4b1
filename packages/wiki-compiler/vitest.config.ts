import { shared } from '@openkb/dev/vitest';
import { defineProject, mergeConfig } from 'vitest/config';

export default mergeConfig(
  shared,
  // properties over whole compilations are slow on a machine that does other work besides
  defineProject({ test: { name: 'wiki-compiler', testTimeout: 60_000 } }),
);
