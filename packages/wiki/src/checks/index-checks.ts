import type { IndexEntry } from '../index-entry.ts';
import { normaliseTarget } from '../link-target.ts';
import { parseLinks } from '../links.ts';
import { isListed } from './page-kinds.ts';
import type { Resolve } from './resolve.ts';
import type { Violation } from './violation.ts';

/** Every listed page is linked from `index.md`, and every entry there has its page. */
export function checkIndex(
  paths: readonly string[],
  index: string,
  entries: readonly IndexEntry[],
  resolve: Resolve,
): Violation[] {
  // entries behind a fence that nobody closed are entries all the same
  const linked = new Set([...parseLinks(index), ...entries].map(({ target }) => resolve(target)));
  const missing: Violation[] = paths
    .filter((path) => isListed(path) && !linked.has(path))
    .map((path) => ({
      code: 'not-in-index',
      path,
      message: `"${path}" is not listed in the index.`,
    }));
  const dead: Violation[] = entries
    .filter(({ target }) => resolve(target) === undefined && normaliseTarget(target) !== '')
    .map(({ target }) => ({
      code: 'index-entry-without-page',
      path: 'index.md',
      message: `The index lists "${target}", which does not exist.`,
      subject: target,
    }));
  return [...missing, ...dead];
}

/** A wiki with pages that its index should list has one. */
export function checkNoIndex(paths: readonly string[]): Violation[] {
  if (!paths.some(isListed)) return [];
  return [{ code: 'missing-index', path: 'index.md', message: 'The wiki has no index.' }];
}
