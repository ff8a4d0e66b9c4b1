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
  const copy = channels === 1 ? copyGrey : channels === 3 ? copyColour : copyColourAndAlpha;
  for (let row = 0; row < height; row += 1)
    copy(
      source.subarray(row * stride, row * stride + width * step),
      data.subarray(row * width * channels, (row + 1) * width * channels),
      step,
    );
  return { width, height, channels, data };
}

const layouts: ReadonlyMap<number, { channels: Pixels['channels']; step: number }> = new Map([
  [GRAY, { channels: 1, step: 1 }],
  [BGR, { channels: 3, step: 3 }],
  [BGRX, { channels: 3, step: 4 }],
  [BGRA, { channels: 4, step: 4 }],
  [BGRA_PREMULTIPLIED, { channels: 4, step: 4 }],
]);

function copyGrey(from: Uint8Array, to: Uint8Array): void {
  to.set(from);
}

function copyColour(from: Uint8Array, to: Uint8Array, step: number): void {
  for (let source = 0, target = 0; target < to.length; source += step, target += 3) {
    to[target] = from[source + 2] as number;
    to[target + 1] = from[source + 1] as number;
    to[target + 2] = from[source] as number;
  }
}

function copyColourAndAlpha(from: Uint8Array, to: Uint8Array): void {
  for (let at = 0; at < to.length; at += 4) {
    to[at] = from[at + 2] as number;
    to[at + 1] = from[at + 1] as number;
    to[at + 2] = from[at] as number;
    to[at + 3] = from[at + 3] as number;
  }
}
