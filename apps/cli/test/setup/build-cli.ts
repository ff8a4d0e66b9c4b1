/**
 * Builds the command from the sources of all packages, for the tests that need a real process: Node
 * 20 does not run TypeScript. It never uses `dist/`, which another task may have built from older
 * sources. The build lies in `node_modules`, where its external dependencies are found.
 */
import { build, type Options } from 'tsup';

import config from '../../tsup.config.ts';
import { builtCli, buildDirectory } from '../helpers/built-cli.ts';

export default async function setup(): Promise<void> {
  const options = config satisfies Options;
  await build({
    ...options,
    config: false,
    silent: true,
    outDir: buildDirectory,
    minify: false,
    esbuildOptions(esbuild, context) {
      options.esbuildOptions?.(esbuild, context);
      esbuild.conditions = ['@openkb/source'];
    },
  });
  process.env['OPENKB_TEST_CLI'] = builtCli;
}
