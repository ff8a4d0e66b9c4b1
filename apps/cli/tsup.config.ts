import { readFileSync } from 'node:fs';

import { library } from '@openkb/dev/tsup';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

export default library({
  entry: { cli: 'src/cli.ts' },
  splitting: true,
  minify: true,
  sourcemap: false,
  // everything is inlined, so that `npx openkb` installs one package;
  // a dependency with a native addon or a wasm file belongs in `external`
  noExternal: [/.*/],
  external: [],
  define: { __VERSION__: JSON.stringify(version) },
  esbuildOptions(options) {
    options.alias = { 'string-width': './src/shims/string-width.ts' };
    options.legalComments = 'linked';
  },
});
