import { encodePng, type Pixels } from '../../images/png.ts';
import { readBitmap } from './bitmap.ts';
import type { Pdfium } from './engine.ts';
import { readMatrix } from './matrix.ts';
import { withMemory } from './memory.ts';
import type { PdfFile } from './pdf-file.ts';
import type { ImageObject } from './read-images.ts';

/** The picture without its mask, as PNG; `undefined` for one that PDFium cannot decode. */
export function decode({ pdfium }: PdfFile, { object }: ImageObject): Uint8Array | undefined {
  const pixels = takeBitmap({ pdfium }, pdfium.calls.FPDFImageObj_GetBitmap(object));
  return pixels && encodePng(pixels);
}

/** The picture as PNG with an alpha channel, when a mask makes parts of it transparent. */
export function renderMasked(file: PdfFile, image: ImageObject): Uint8Array | undefined {
  const { pdfium, handle } = file;
  const pixels = withOwnSize(pdfium, image, () =>
    takeBitmap(file, pdfium.calls.FPDFImageObj_GetRenderedBitmap(handle, image.on, image.object)),
  );
  return pixels && isPartTransparent(pixels) ? encodePng(pixels) : undefined;
}

/** PDFium draws a picture alone in the size of its matrix, which is put back afterwards. */
function withOwnSize<T>(pdfium: Pdfium, image: ImageObject, draw: () => T): T {
  const { object, width, height } = image;
  const before = withMemory(pdfium, 24, (scratch) => readMatrix(pdfium, object, scratch));
  pdfium.calls.FPDFImageObj_SetMatrix(object, width, 0, 0, height, 0, 0);
  try {
    return draw();
  } finally {
    pdfium.calls.FPDFImageObj_SetMatrix(object, ...before);
  }
}

function takeBitmap({ pdfium }: Pick<PdfFile, 'pdfium'>, bitmap: number): Pixels | undefined {
  if (bitmap === 0) return undefined;
  try {
    return readBitmap(pdfium, bitmap);
  } finally {
    pdfium.calls.FPDFBitmap_Destroy(bitmap);
  }
}

/** What is transparent all over could not be decoded. */
function isPartTransparent({ channels, data }: Pixels): boolean {
  if (channels !== 4) return false;
  let [least, most] = [255, 0];
  for (let at = 3; at < data.length; at += 4) {
    const alpha = data[at] as number;
    if (alpha < least) least = alpha;
    if (alpha > most) most = alpha;
  }
  return least < 250 && most > 0;
}
