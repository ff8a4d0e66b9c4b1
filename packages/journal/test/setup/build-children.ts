/**
 * Builds the programs of `test/children` from the sources, for the tests that need a real process:
 * Node 20 does not run TypeScript. The build lies in a directory of this run below `node_modules`, where
 * koffi is found; the tests know it as OPENKB_TEST_CHILDREN.
 */
import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'tsup';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export async function buildChildren(): Promise<() => Promise<void>> {
  const modules = here('../../node_modules');
  mkdirSync(modules, { recursive: true });
  const directory = mkdtempSync(join(modules, '.test-build-'));
  const sources = here('../children');
  await build({
    config: false,
    silent: true,
    entry: readdirSync(sources).map((name) => join(sources, name)),
    format: ['esm'],
    platform: 'node',
    target: 'es2023',
    outDir: directory,
    noExternal: [/^@openkb\//],
    esbuildOptions(esbuild) {
      esbuild.conditions = ['@openkb/source'];
    },
  });
  process.env['OPENKB_TEST_CHILDREN'] = directory;
  return () => rm(directory, { recursive: true, force: true });
}
