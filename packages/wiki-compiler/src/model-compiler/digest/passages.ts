/** The parts of a long document that speak of a subject, for the page about it. */
import { buildSearchIndex, passagesOfSourcePages, searchPassages } from '@openkb/wiki';

import type { CompilerInput } from '../../compilation.ts';

const MOST = 8;

/** Finds passages of about 700 characters by the words of a query; in the order of the document. */
export function passageFinder(input: CompilerInput): (query: string) => string[] {
  const pages =
    input.pages === undefined || input.pages.length === 0
      ? [{ page: 1, text: input.markdown }]
      : input.pages;
  const passages = passagesOfSourcePages(input.fullText, input.title, pages);
  const index = buildSearchIndex(passages);
  const place = new Map(passages.map((passage, at) => [passage, at]));
  return (query) =>
    searchPassages(index, query, { top: MOST })
      .map(({ passage }) => passage)
      .toSorted((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0))
      .map(({ text, sourcePage, heading }) => {
        const where = [heading, input.pages && sourcePage ? `page ${sourcePage}` : '']
          .filter((one) => one !== '')
          .join(', ');
        return where === '' ? text : `(${where}) ${text}`;
      });
}
