import { checkFrontMatter } from './checks/front-matter-checks.ts';
import { checkIndex } from './checks/index-checks.ts';
import { checkLinks, checkOrphans } from './checks/link-checks.ts';
import { checkNames } from './checks/name-checks.ts';
import type { Violation } from './checks/violation.ts';

/**
 * Every violation of what a wiki is, sorted by path, line and code. `pages` are the files below `wiki/`, path -> text;
 * files that are only there to be linked (`sources/x.json`) may be given with any text.
 */
export function checkWiki(pages: ReadonlyMap<string, string>): Violation[] {
  return [checkFrontMatter, checkLinks, checkOrphans, checkIndex, checkNames]
    .flatMap((check) => check(pages))
    .toSorted(compare);
}

function compare(a: Violation, b: Violation): number {
  return (
    order(a.path, b.path) ||
    (a.line ?? 0) - (b.line ?? 0) ||
    order(a.code, b.code) ||
    order(a.subject ?? '', b.subject ?? '')
  );
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
