import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Source } from '../../src/index.ts';
import { png } from './images.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../fixtures');

/** A directory of `fixtures`: `source.EXT` or, for a binary one, a `source.EXT.ts` that writes it. */
export interface Fixture {
  readonly name: string;
  readonly expected: string;
  source(): Promise<Source>;
}

export const fixtures: readonly Fixture[] = readdirSync(root).map((name) => {
  const directory = join(root, name);
  const file = readdirSync(directory).find((entry) => entry.startsWith('source.')) ?? '';
  return {
    name,
    expected: join(directory, 'expected.md'),
    source: async () => ({
      name: file.replace(/\.ts$/, ''),
      bytes: await contentOf(join(directory, file)),
      readAsset,
    }),
  };
});

/** Whether every fixture has its expectation: a missing one would be written, and the test pass. */
export const isComplete = (): boolean => fixtures.every(({ expected }) => existsSync(expected));

async function contentOf(path: string): Promise<Uint8Array> {
  if (!path.endsWith('.ts')) return readFileSync(path);
  const module = (await import(path)) as { default: () => Uint8Array };
  return module.default();
}

/** Two pictures of the same name in different directories, and one whose name has a space. */
function readAsset(path: string): Uint8Array | undefined {
  return {
    'pic/a.png': png(40, 40, 1),
    'pic/b c.png': png(40, 40, 2),
    'other/a.png': png(40, 40, 3),
  }[path];
}
