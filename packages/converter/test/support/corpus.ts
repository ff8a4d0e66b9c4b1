import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Source } from '../../src/index.ts';

const packageRoot = join(dirname(fileURLToPath(import.meta.url)), '../..');
/** Documents of other people, beside the checkout; they are no part of it. */
const root = join(packageRoot, '../../../shared/corpus');

export const hasCorpus = existsSync(join(root, 'reference'));

/** For the name of a test that is skipped without the corpus. */
export const orSkipped = hasCorpus ? '' : ' (skipped: the corpus is not beside the checkout)';

/** With `OPENKB_THOROUGH=1` the giants are converted as well. */
export const isThorough = process.env['OPENKB_THOROUGH'] === '1';

/** They take as much time as all others together. */
export const giants: ReadonlySet<string> = new Set([
  'docx/handbook-872p.docx',
  'xlsx/large_strings.xlsx',
]);

/** Paths of all files up to so many bytes; none without the corpus. */
export function allCorpusFiles(mostBytes: number): string[] {
  if (!hasCorpus) return [];
  const formats = readdirSync(root).filter((name) => name !== 'reference' && !name.includes('.'));
  return formats
    .flatMap((format) => readdirSync(join(root, format)).map((name) => `${format}/${name}`))
    .filter((path) => statSync(join(root, path)).size <= mostBytes);
}

/** Paths of the files of a format; none without the corpus. */
export function corpusFiles(format: string): string[] {
  const directory = join(root, format);
  if (!existsSync(directory)) return [];
  const names = readdirSync(directory).filter((name) => name.endsWith(`.${format}`));
  return names.map((name) => `${format}/${name}`);
}

/** Paths of all files in these directories; none without the corpus. */
export function corpusNames(directories: readonly string[]): string[] {
  return directories.flatMap((directory) => {
    const path = join(root, directory);
    return existsSync(path) ? readdirSync(path).map((name) => `${directory}/${name}`) : [];
  });
}

export function corpusSource(path: string): Source {
  const directory = dirname(join(root, path));
  return {
    name: path.slice(path.lastIndexOf('/') + 1),
    bytes: readFileSync(join(root, path)),
    readAsset(relative) {
      const asset = join(directory, relative);
      return asset.startsWith(directory) && existsSync(asset) ? readFileSync(asset) : undefined;
    },
  };
}

export function reference(path: string): string {
  return readFileSync(
    join(root, 'reference', `${path.slice(path.lastIndexOf('/') + 1)}.md`),
    'utf8',
  );
}

/** `undefined` for a file without one. */
export function referenceOf(path: string): string | undefined {
  const file = join(root, 'reference', `${path.slice(path.lastIndexOf('/') + 1)}.md`);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
