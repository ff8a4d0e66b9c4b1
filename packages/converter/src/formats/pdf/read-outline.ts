import type { OutlineEntry } from '../../document.ts';
import { readUtf16, withMemory } from './memory.ts';
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
      if (title !== '') entries.push({ title, level, ...targetOf(bookmark) });
      if (level < MAXIMUM_DEPTH)
        visitSiblings(calls.FPDFBookmark_GetFirstChild(handle, bookmark), level + 1);
    }
  }

  function targetOf(bookmark: number): Pick<OutlineEntry, 'page' | 'top'> {
    let target = calls.FPDFBookmark_GetDest(handle, bookmark);
    if (target === 0) {
      const action = calls.FPDFBookmark_GetAction(bookmark);
      if (action !== 0) target = calls.FPDFAction_GetDest(handle, action);
    }
    const index = target === 0 ? -1 : calls.FPDFDest_GetDestPageIndex(handle, target);
    if (index < 0) return {};
    const top = topOf(target, index);
    return { page: index + 1, ...(top !== undefined && { top }) };
  }

  /** Share of the page's height above the target. */
  function topOf(target: number, index: number): number | undefined {
    return withMemory(pdfium, 32, (scratch) => {
      const [hasX, hasY, hasZoom] = [scratch, scratch + 4, scratch + 8];
      const [x, y, zoom] = [scratch + 12, scratch + 16, scratch + 20];
      const isKnown = calls.FPDFDest_GetLocationInPage(target, hasX, hasY, hasZoom, x, y, zoom);
      if (isKnown === 0 || pdfium.view().getInt32(hasY, true) === 0) return undefined;
      const height = pdfium.view().getFloat32(y, true);
      calls.FPDF_GetPageSizeByIndexF(handle, index, scratch);
      const top = 1 - height / pdfium.view().getFloat32(scratch + 4, true);
      return Number.isFinite(top)
        ? Math.min(1, Math.max(0, Math.round(top * 1000) / 1000))
        : undefined;
    });
  }
}
