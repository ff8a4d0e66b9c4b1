import type { Pixels } from '../../images/png.ts';
import type { Pdfium } from './engine.ts';

/** Byte layouts of `FPDFBitmap_GetFormat`. */
const GRAY = 1;
const BGR = 2;
const BGRX = 3;
const BGRA = 4;
const BGRA_PREMULTIPLIED = 5;

/** Copies a bitmap out of PDFium with its channels in PNG's order; `undefined` for a layout without pixels. */
export function readBitmap(pdfium: Pdfium, bitmap: number): Pixels | undefined {
  const { calls } = pdfium;
  const width = calls.FPDFBitmap_GetWidth(bitmap);
  const height = calls.FPDFBitmap_GetHeight(bitmap);
  const stride = calls.FPDFBitmap_GetStride(bitmap);
  const start = calls.FPDFBitmap_GetBuffer(bitmap);
  const format = calls.FPDFBitmap_GetFormat(bitmap);
  const layout = layouts.get(format);
  if (layout === undefined || width <= 0 || height <= 0 || start === 0) return undefined;
  const { channels, step } = layout;
  const source = pdfium.bytes().subarray(start, start + stride * height);
  const data = new Uint8Array(width * height * channels);
  let to = 0;
  for (let row = 0; row < height; row += 1)
    for (let column = 0; column < width; column += 1, to += channels) {
      const from = row * stride + column * step;
      if (channels === 1) data[to] = source[from] ?? 0;
      else {
        data[to] = source[from + 2] ?? 0;
        data[to + 1] = source[from + 1] ?? 0;
        data[to + 2] = source[from] ?? 0;
        if (channels === 4) data[to + 3] = source[from + 3] ?? 0;
      }
    }
  return { width, height, channels, data };
}

const layouts: ReadonlyMap<number, { channels: Pixels['channels']; step: number }> = new Map([
  [GRAY, { channels: 1, step: 1 }],
  [BGR, { channels: 3, step: 3 }],
  [BGRX, { channels: 3, step: 4 }],
  [BGRA, { channels: 4, step: 4 }],
  [BGRA_PREMULTIPLIED, { channels: 4, step: 4 }],
]);
