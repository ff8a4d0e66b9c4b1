import type { OutlineEntry } from '../../document.ts';
import { readUtf16 } from './memory.ts';
import type { PdfFile } from './pdf-file.ts';

const MAXIMUM_ENTRIES = 20_000;
const MAXIMUM_DEPTH = 32;

/**
 * The bookmarks in the order in which a viewer shows them. PDFium follows a cycle of bookmarks for ever:
 * each is visited once. Entries without a title are left out and their children kept.
 */
export function readOutline({ pdfium, handle }: PdfFile): OutlineEntry[] {
  const { calls } = pdfium;
  const entries: OutlineEntry[] = [];
  const visited = new Set<number>();
  visitSiblings(calls.FPDFBookmark_GetFirstChild(handle, 0), 1);
  return entries;

  function visitSiblings(first: number, level: number): void {
    for (
      let bookmark = first;
      bookmark !== 0 && !visited.has(bookmark) && visited.size < MAXIMUM_ENTRIES;
      bookmark = calls.FPDFBookmark_GetNextSibling(handle, bookmark)
    ) {
      visited.add(bookmark);
      const title = readUtf16(pdfium, (buffer, size) =>
        calls.FPDFBookmark_GetTitle(bookmark, buffer, size),
      ).replace(/\s+/g, ' ');
      const page = pageOf(bookmark);
      if (title !== '') entries.push({ title, level, ...(page !== undefined && { page }) });
      if (level < MAXIMUM_DEPTH)
        visitSiblings(calls.FPDFBookmark_GetFirstChild(handle, bookmark), level + 1);
    }
  }

  function pageOf(bookmark: number): number | undefined {
    let target = calls.FPDFBookmark_GetDest(handle, bookmark);
    if (target === 0) {
      const action = calls.FPDFBookmark_GetAction(bookmark);
      if (action !== 0) target = calls.FPDFAction_GetDest(handle, action);
    }
    const index = target === 0 ? -1 : calls.FPDFDest_GetDestPageIndex(handle, target);
    return index < 0 ? undefined : index + 1;
  }
}
