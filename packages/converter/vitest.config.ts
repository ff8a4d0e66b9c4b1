import { fileURLToPath } from 'node:url';

import { shared } from '@openkb/dev/vitest';
import { defineProject, mergeConfig } from 'vitest/config';

export default mergeConfig(
  shared,
  defineProject({
    test: {
      name: 'converter',
      globalSetup: fileURLToPath(new URL('test/setup/build-thread.ts', import.meta.url)),
      // bounds on memory are bounds on the whole process: no other file's tests may run in it
      pool: 'forks',
    },
  }),
);
