import type { FileSystem } from './file-system.ts';
import type { FileDigest } from './read-file.ts';
import { replaceFile, type ReplaceOptions } from './replace-file.ts';

/**
 * `replaceFile` with a value as JSON (see `jsonText`).
 * @returns size and SHA-256 of the text
 * @throws as `replaceFile` and `jsonText`; then the old file is untouched
 */
export function replaceJson(
  fileSystem: FileSystem,
  path: string,
  value: unknown,
  options: ReplaceOptions,
): FileDigest {
  return replaceFile(fileSystem, path, jsonText(value), options);
}

/**
 * A value as JSON text that depends on the value alone, so that equal values give equal files and
 * small differences: names of each object in the order of their code units (those that are whole
 * numbers first, as JavaScript has them), two spaces of indentation, a newline at the end.
 * @throws TypeError for what JSON has no word for: `undefined` or a function in place of the whole,
 *   NaN and the infinities anywhere, which would come back as `null`; bigints; cycles
 */
export function jsonText(value: unknown): string {
  // what JSON.stringify says and its type does not: undefined for what it cannot write
  const text = JSON.stringify(value, stable, 2) as string | undefined;
  if (text === undefined)
    throw new TypeError(`JSON has no word for a value of type ${typeof value}`);
  return `${text}\n`;
}

function stable(key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new TypeError(`JSON has no word for the number ${value} of "${key}"`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
