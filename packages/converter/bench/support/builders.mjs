import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { build } from 'tsup';

const SUPPORT = fileURLToPath(new URL('../../test/support/', import.meta.url));
const NAMES = ['docx', 'office', 'open-document', 'zip', 'images'];

/** The builders of the tests' documents, made into JavaScript in the directory. */
export async function loadBuilders(directory) {
  const outDir = join(directory, 'builders');
  await build({
    config: false,
    silent: true,
    format: 'esm',
    platform: 'node',
    outDir,
    outExtension: () => ({ js: '.mjs' }),
    entry: Object.fromEntries(NAMES.map((name) => [name, join(SUPPORT, `${name}.ts`)])),
    noExternal: [/./],
  });
  const modules = await Promise.all(
    NAMES.map((name) => import(pathToFileURL(join(outDir, `${name}.mjs`)).href)),
  );
  rmSync(outDir, { recursive: true });
  return Object.fromEntries(NAMES.map((name, index) => [name, modules[index]]));
}
