/** Images that are as small as images can be, and one that is too large. */
import { MOST_IMAGE_BYTES } from '../src/index.ts';

const base64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));

/** One red pixel. */
export const PNG = base64(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
);
export const GIF = base64('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7');
export const WEBP = base64('UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA');

/** The head of a JPEG of 640 x 480: SOI, APP0, fill bytes, SOF2. */
export const JPEG = new Uint8Array(Buffer.from('ffd8ffe000044a46ffffc200110801e002800301', 'hex'));

/** A PNG of this size by its head, of so many bytes. */
export function pngOf(width: number, height: number, length = PNG.length): Uint8Array {
  const bytes = new Uint8Array(length);
  bytes.set(PNG);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return bytes;
}

export const TOO_LARGE = pngOf(100, 100, MOST_IMAGE_BYTES + 1);
