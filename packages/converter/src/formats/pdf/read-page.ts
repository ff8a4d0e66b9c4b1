import type { Pdfium } from './engine.ts';
import { readUtf16, withMemory } from './memory.ts';
import type { Box, PageContent, PageImage } from './model.ts';
import { IMAGE_OBJECT, visitObjects } from './page-objects.ts';
import type { PdfFile } from './pdf-file.ts';
import { describeImage, type ImageObject, type ImageReader } from './read-images.ts';
import { RuleReader } from './read-rules.ts';
import { readText } from './read-text.ts';

/** A picture over so much of the page is its scan or its background. */
const COVERING_SHARE = 0.8;
/** With so many characters a covering picture says nothing that the text does not. */
const TEXT_OVER_PICTURE = 40;

/**
 * Reads one page (0-based index) whole. A page that PDFium cannot load is `undefined`.
 * Pictures are read by the document's one reader; a picture that covers a page with text on it is left out.
 */
export function readPage(
  file: PdfFile,
  index: number,
  imageReader: ImageReader,
): PageContent | undefined {
  const { pdfium, handle } = file;
  const page = pdfium.calls.FPDF_LoadPage(handle, index);
  if (page === 0) return undefined;
  try {
    const { found, rules } = readObjects(pdfium, page);
    const text = readText(pdfium, page, rules);
    const turn = dominantTurn(text.byTurn.map((segments) => letters(segments)));
    const box = readBox(file, page);
    const readable = text.characters - text.unreadable;
    const images: PageImage[] = [];
    let covered = false;
    for (const image of found) {
      const covers = share(image.box, box) >= COVERING_SHARE;
      covered ||= covers;
      if (covers && readable >= TEXT_OVER_PICTURE) continue;
      const name = imageReader.read(image, index + 1, images.length + 1);
      if (name !== undefined) images.push({ name, box: turnBox(image.box, turn) });
    }
    return {
      page: index + 1,
      label: readLabel(file, index),
      box: turnBox(box, turn),
      segments: text.byTurn[turn],
      turned: text.byTurn.flatMap((segments, other) =>
        other === turn ? [] : segments.map((segment) => segment.text),
      ),
      images,
      rules: rules.map((rule) => turnBox(rule, turn)),
      characters: text.characters,
      unreadable: text.unreadable,
      covered,
    };
  } finally {
    pdfium.calls.FPDF_ClosePage(page);
  }
}

function readObjects(
  pdfium: Pdfium,
  page: number,
): { found: readonly ImageObject[]; rules: readonly Box[] } {
  const reader = new RuleReader(pdfium);
  const found: ImageObject[] = [];
  visitObjects(pdfium, page, (object) => {
    if (object.type === IMAGE_OBJECT) found.push(describeImage(pdfium, page, object));
    else reader.read(object);
  });
  return { found, rules: reader.rules };
}

type Turn = 0 | 1 | 2 | 3;

function letters(segments: readonly { text: string }[]): number {
  return segments.reduce((sum, { text }) => sum + text.length, 0);
}

function dominantTurn(counts: readonly number[]): Turn {
  const most = Math.max(...counts);
  return Math.max(0, counts.indexOf(most)) as Turn;
}

function readBox({ pdfium }: PdfFile, page: number): Box {
  return withMemory(pdfium, 16, (scratch) => {
    pdfium.calls.FPDF_GetPageBoundingBox(page, scratch);
    const view = pdfium.view();
    const [left, top, right, bottom] = [0, 4, 8, 12].map((at) =>
      view.getFloat32(scratch + at, true),
    ) as [number, number, number, number];
    return { x0: left, y0: bottom, x1: right, y1: top };
  });
}

/** The same rotation as `SegmentBuilder` gives to text. */
function turnBox(box: Box, turn: Turn): Box {
  switch (turn) {
    case 0:
      return box;
    case 1:
      return { x0: box.y0, x1: box.y1, y0: -box.x1, y1: -box.x0 };
    case 2:
      return { x0: -box.x1, x1: -box.x0, y0: -box.y1, y1: -box.y0 };
    case 3:
    default:
      return { x0: -box.y1, x1: -box.y0, y0: box.x0, y1: box.x1 };
  }
}

function share(part: Box, whole: Box): number {
  const width = Math.min(part.x1, whole.x1) - Math.max(part.x0, whole.x0);
  const height = Math.min(part.y1, whole.y1) - Math.max(part.y0, whole.y0);
  const area = (whole.x1 - whole.x0) * (whole.y1 - whole.y0);
  return width <= 0 || height <= 0 || area <= 0 ? 0 : (width * height) / area;
}

function readLabel({ pdfium, handle }: PdfFile, index: number): string | undefined {
  const label = readUtf16(pdfium, (buffer, size) =>
    pdfium.calls.FPDF_GetPageLabel(handle, index, buffer, size),
  );
  return label === '' || label === String(index + 1) ? undefined : label;
}
