import { fileURLToPath } from 'node:url';

import { shared } from '@openkb/dev/vitest';
import { defineProject, mergeConfig } from 'vitest/config';

export default mergeConfig(
  shared,
  defineProject({
    test: {
      name: 'cli',
      globalSetup: fileURLToPath(new URL('test/setup/build-cli.ts', import.meta.url)),
      // the last package to be tested, when the other core has nothing to do any more
      maxWorkers: 2,
    },
  }),
);
