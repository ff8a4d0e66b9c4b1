import { fileURLToPath } from 'node:url';

import { shared } from '@openkb/dev/vitest';
import { defineProject, mergeConfig } from 'vitest/config';

export default mergeConfig(
  shared,
  defineProject({
    test: {
      name: 'journal',
      // the tests that wait for other processes leave time to the loops
      maxWorkers: 2,
      globalSetup: fileURLToPath(new URL('test/setup/index.ts', import.meta.url)),
    },
  }),
);
