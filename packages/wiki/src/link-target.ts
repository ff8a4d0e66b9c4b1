import { lazy } from './lazy.ts';

/**
 * The form in which two spellings of one target are equal: NFKC, lower case, `_`, `-` and spaces the same, without
 * `.md`, heading, or a leading `./`, `/` or `wiki/`. For matching only: try the exact target first, because
 * `a_b` and `a-b` may be two pages.
 */
export function normaliseTarget(target: string): string {
  const [path = ''] = target.normalize('NFKC').split('#');
  return path
    .replaceAll('\\', '/')
    .trim()
    .replace(/^(?:\.?\/)+/, '')
    .replace(/^wiki\//i, '')
    .toLowerCase()
    .replace(/\.md$/, '')
    .replace(/[\s_-]+/g, '-');
}

/**
 * Finds the page that a link means. `paths` are the pages there are, relative to `wiki/`, with their extensions. The
 * returned function takes a link's target and gives the page's path, or undefined: the exact path first, then the
 * normalised one, then, for a target without a folder, the one page of that name. A target that could mean two pages
 * and is exact for none means none.
 */
export function linkResolver(paths: Iterable<string>): (target: string) => string | undefined {
  const exact = new Map<string, string>();
  const all = [...paths];
  for (const path of all) {
    exact.set(path, path);
    const stem = stemOf(path);
    if (stem !== path && !exact.has(stem)) exact.set(stem, path);
  }
  // most wikis spell every link as its page is
  const loose = lazy(() => looseNames(all));
  return (target) => {
    const hash = target.indexOf('#');
    const plain = (hash === -1 ? target : target.slice(0, hash)).trim();
    return plain === '' ? undefined : (exact.get(plain) ?? loose().get(normaliseTarget(plain)));
  };
}

const stemOf = (path: string): string => path.replace(/\.(?:md|json)$/, '');

/** Normalised target -> path; `undefined` for one that could mean two. */
function looseNames(paths: readonly string[]): ReadonlyMap<string, string | undefined> {
  const loose = new Map<string, string | undefined>();
  for (const path of paths) {
    const normalised = normaliseTarget(stemOf(path));
    addOnce(loose, normalised, path);
    const name = normalised.slice(normalised.lastIndexOf('/') + 1);
    if (name !== normalised) addOnce(loose, name, path);
  }
  return loose;
}

function addOnce(map: Map<string, string | undefined>, key: string, path: string): void {
  map.set(key, map.has(key) && map.get(key) !== path ? undefined : path);
}
