import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Options } from 'tsup';

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

/** Puts the files of the page of `visualize` beside the bundle, which reads them when it needs them. */
export const copyGraphPage: Plugin = {
  name: 'graph-page',
  setup(build) {
    build.onEnd(() => {
      const { outdir } = build.initialOptions;
      if (outdir === undefined) return;
      const source = fileURLToPath(new URL('../src/visualize/graph-page', import.meta.url));
      cpSync(source, join(outdir, 'graph-page'), { recursive: true });
    });
  },
};
