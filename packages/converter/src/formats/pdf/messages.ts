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
  const message = messageFor(total);
  return [
    ...message(
      'scanned-pages',
      scanned,
      'scanned: pictures without text. Recognise the text (OCR) first, or use a cloud import',
    ),
    ...message(
      'unreadable-text',
      unreadable,
      'in a font that does not say which letters it draws; without OCR the text is of little use',
    ),
    ...message(
      'damaged-pages',
      damaged.map((page) => ({ page })),
      'damaged and left out',
    ),
    ...(blank && scanned.length === 0 ? [NO_TEXT] : []),
  ];
}

export const REPAIRED: ConversionMessage = {
  level: 'warning',
  code: 'repaired',
  text: 'The file breaks off before its end: what could be read of it was taken.',
};

const NO_TEXT: ConversionMessage = {
  level: 'warning',
  code: 'no-text',
  text: 'The PDF has no text and no pictures.',
};

type Pages = readonly { readonly page: number }[];

/** `Page 3 of 9 is WHAT.` or `2 of 9 pages (3, 4) are WHAT.`; nothing for no page. */
function messageFor(total: number) {
  return (code: string, pages: Pages, what: string): ConversionMessage[] => {
    const [first] = pages;
    if (first === undefined) return [];
    const isOne = pages.length === 1;
    const numbers = pages.slice(0, LISTED_PAGES).map(({ page }) => page);
    const list = numbers.join(', ') + (pages.length > LISTED_PAGES ? ', …' : '');
    const which = isOne
      ? `Page ${first.page} of ${total} is`
      : `${pages.length} of ${total} pages (${list}) are`;
    return [
      { level: 'warning', code, text: `${which} ${what}.`, ...(isOne && { page: first.page }) },
    ];
  };
}
