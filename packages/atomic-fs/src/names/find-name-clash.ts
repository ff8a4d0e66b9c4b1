import { nameKey } from './name-key.ts';

/**
 * The first two names of a directory that some common file system takes for one (see `nameKey`), or
 * `undefined`. A name that is there twice clashes with itself. Whole paths may be given as well.
 */
export function findNameClash(names: Iterable<string>): readonly [string, string] | undefined {
  const seen = new Map<string, string>();
  for (const name of names) {
    const key = nameKey(name);
    const other = seen.get(key);
    if (other !== undefined) return [other, name];
    seen.set(key, name);
  }
  return undefined;
}
