import { readIndex } from '../index-page.ts';
import { linkResolver, normaliseTarget } from '../link-target.ts';
import { parseLinks } from '../links.ts';
import { isListed } from './page-kinds.ts';
import type { Violation } from './violation.ts';

/** Every listed page is linked from `index.md`, and every entry there has its page. */
export function checkIndex(pages: ReadonlyMap<string, string>): Violation[] {
  const index = pages.get('index.md');
  if (index === undefined) return [];
  const resolve = linkResolver(pages.keys());
  const linked = new Set(parseLinks(index).map(({ target }) => resolve(target)));
  const missing: Violation[] = [...pages.keys()]
    .filter((path) => isListed(path) && !linked.has(path))
    .map((path) => ({
      code: 'not-in-index',
      path,
      message: `"${path}" is not listed in the index.`,
    }));
  const dead: Violation[] = readIndex(index)
    .filter(({ target }) => resolve(target) === undefined && normaliseTarget(target) !== '')
    .map(({ target }) => ({
      code: 'index-entry-without-page',
      path: 'index.md',
      message: `The index lists "${target}", which does not exist.`,
      subject: target,
    }));
  return [...missing, ...dead];
}
