/**
 * Builds the package from the sources, as for publishing: Node 20 runs no TypeScript in a thread. The
 * build lies in a directory of this run below `node_modules`, where its dependencies are found; the tests
 * know it as OPENKB_TEST_PACKAGE, and the program of its thread as OPENKB_TEST_THREAD.
 */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'tsup';

import config from '../../tsup.config.ts';

const here = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export default async function setup(): Promise<() => Promise<void>> {
  mkdirSync(here('node_modules'), { recursive: true });
  const directory = mkdtempSync(here('node_modules/.test-build-'));
  await build({
    ...config,
    config: false,
    silent: true,
    clean: false,
    entry: Object.fromEntries(
      Object.entries(config.entry as Record<string, string>).map(([name, path]) => [
        name,
        here(path),
      ]),
    ),
    outDir: directory,
  });
  process.env['OPENKB_TEST_PACKAGE'] = join(directory, 'index.js');
  process.env['OPENKB_TEST_THREAD'] = join(directory, 'worker/start.js');
  return () => rm(directory, { recursive: true, force: true });
}
