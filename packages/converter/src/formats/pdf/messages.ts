import type { ConversionMessage } from '../../document.ts';
import type { PageContent } from './model.ts';

/** Characters under which a page that a picture covers is a scan. */
const SCAN_CHARACTERS = 10;
/** Share of characters without a meaning over which a page's text is of no use. */
const UNREADABLE_SHARE = 0.3;
const LISTED_PAGES = 12;

/** What is odd about the pages: scans, text without letters, pages that could not be read. */
export function pageMessages(
  contents: readonly PageContent[],
  { damaged, total }: { damaged: readonly number[]; total: number },
): ConversionMessage[] {
  const scanned = contents.filter(
    ({ characters, images, covered }) =>
      characters < SCAN_CHARACTERS && (covered || images.length > 0),
  );
  const unreadable = contents.filter(
    ({ characters, unreadable: count }) => count > 20 && count > characters * UNREADABLE_SHARE,
  );
  const blank = contents.every(({ characters, images }) => characters === 0 && images.length === 0);
  return [
    ...message(
      scanned,
      'scanned-pages',
      (pages, are) =>
        `${pages} ${are} scanned: a picture without text. Recognise the text (OCR) first, or use a cloud import`,
      total,
    ),
    ...message(
      unreadable,
      'unreadable-text',
      (pages, are) =>
        `${pages} ${are} in a font that does not say which letters it draws; the text is of little use without OCR`,
      total,
    ),
    ...message(
      damaged.map((page) => ({ page })),
      'damaged-pages',
      (pages, are) => `${pages} ${are} damaged and left out`,
      total,
    ),
    ...(blank && scanned.length === 0
      ? [
          {
            level: 'warning' as const,
            code: 'no-text',
            text: 'The PDF has no text and no pictures.',
          },
        ]
      : []),
  ];
}

// eslint-disable-next-line max-params
function message(
  pages: readonly { readonly page: number }[],
  code: string,
  text: (pages: string, are: string) => string,
  total: number,
): ConversionMessage[] {
  const [first] = pages;
  if (first === undefined) return [];
  const numbers = pages.slice(0, LISTED_PAGES).map(({ page }) => page);
  const more = pages.length > LISTED_PAGES ? ', …' : '';
  const which =
    pages.length === 1
      ? `Page ${first.page} of ${total}`
      : `${pages.length} of ${total} pages (${numbers.join(', ')}${more})`;
  return [
    {
      level: 'warning',
      code,
      text: `${text(which, pages.length === 1 ? 'is' : 'are')}.`,
      ...(pages.length === 1 && { page: first.page }),
    },
  ];
}
