/**
 * Builds the command from the sources of all packages, for the tests that need a real process: Node
 * 20 does not run TypeScript. It never uses `dist/`, which another task may have built from older
 * sources. The build lies in a directory of this run below `node_modules`, where its external
 * dependencies are found; the tests know it as OPENKB_TEST_CLI.
 */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'tsup';

import config from '../../tsup.config.ts';

export default async function setup(): Promise<() => Promise<void>> {
  const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
  mkdirSync(modules, { recursive: true });
  const directory = mkdtempSync(join(modules, '.test-build-'));
  await build({
    ...config,
    config: false,
    silent: true,
    clean: false,
    outDir: directory,
    minify: false,
    esbuildOptions(esbuild, context) {
      config.esbuildOptions?.(esbuild, context);
      esbuild.conditions = ['@openkb/source'];
    },
  });
  process.env['OPENKB_TEST_CLI'] = join(directory, 'cli.js');
  return () => rm(directory, { recursive: true, force: true });
}
