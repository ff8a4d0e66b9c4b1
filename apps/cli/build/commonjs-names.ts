import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import type { Options } from 'tsup';

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

const require = createRequire(import.meta.url);
const NAMESPACE = 'commonjs-names';

/**
 * `await import('x')` of a CommonJS module has the module's names in Node, but after bundling only
 * `default`. This puts a module with the names in between.
 */
export const commonJsNames: Plugin = {
  name: NAMESPACE,
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, async ({ path, kind, resolveDir, pluginData }) => {
      if (kind !== 'dynamic-import' || pluginData === NAMESPACE) return undefined;
      const found = await build.resolve(path, { kind, resolveDir, pluginData: NAMESPACE });
      const usable = found.errors.length === 0 && !found.external && isCommonJs(found.path);
      return usable ? { path: found.path, namespace: NAMESPACE } : undefined;
    });
    build.onLoad({ filter: /./, namespace: NAMESPACE }, ({ path }) => {
      const names = Object.keys(require(path) as object).filter(
        (name) => /^[A-Za-z_$][\w$]*$/.test(name) && name !== 'default',
      );
      const contents = [
        `const module = require(${JSON.stringify(path)});`,
        'export default module;',
        `export const { ${names.join(', ')} } = module;`,
      ].join('\n');
      return { contents, resolveDir: dirname(path) };
    });
  },
};

function isCommonJs(path: string): boolean {
  if (path.endsWith('.cjs')) return true;
  return path.endsWith('.js') && packageType(dirname(path)) !== 'module';
}

/** `type` of the nearest `package.json`. */
function packageType(directory: string): string | undefined {
  try {
    const text = readFileSync(join(directory, 'package.json'), 'utf8');
    return (JSON.parse(text) as { type?: string }).type;
  } catch {
    return directory === dirname(directory) ? undefined : packageType(dirname(directory));
  }
}
