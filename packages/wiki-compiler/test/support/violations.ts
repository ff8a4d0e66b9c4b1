import { checkWiki, type Violation } from '@openkb/wiki';

/** What is wrong with the pages that a compiler wrote; the index is its caller's. */
export function violationsOf(pages: ReadonlyMap<string, string>): Violation[] {
  return checkWiki(pages).filter(({ code }) => code !== 'missing-index');
}
