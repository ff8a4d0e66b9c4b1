import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { library } from '@openkb/dev/tsup';

import { commonJsNames } from './build/commonjs-names.ts';
import { copyGraphPage } from './build/copy-graph-page.ts';
import { licences } from './build/licences.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const { version } = JSON.parse(readFileSync(here('package.json'), 'utf8')) as { version: string };

export default library({
  entry: {
    cli: here('src/cli.ts'),
    'converter-thread': here('src/converter-thread.ts'),
    // a program of its own, for trying the cloud commands without a key
    'fake-pageindex': here('../../packages/test-kit/src/pageindex-server/bin.ts'),
  },
  outDir: here('dist'),
  splitting: true,
  minify: true,
  sourcemap: false,
  // all is inlined, so that `npx openkb` installs few packages; a native addon and a wasm file cannot be
  noExternal: [/^(?!(koffi|@embedpdf\/pdfium)(\/|$))/],
  define: { __VERSION__: JSON.stringify(version) },
  // CommonJS dependencies call `require`, which an ES module does not have
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  esbuildPlugins: [commonJsNames, licences, copyGraphPage],
  esbuildOptions(options) {
    options.alias = { 'string-width': here('src/shims/string-width.ts') };
    options.legalComments = 'linked';
  },
});
