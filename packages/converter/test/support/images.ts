import { encodePng } from '../../src/images/png.ts';
import type { PdfPixels } from './pdf.ts';

/** Pixels that differ by `seed`. */
export function pixels(width: number, height: number, seed = 1): PdfPixels {
  const rgb = Uint8Array.from({ length: width * height * 3 }, (_, index) => (index * seed) % 251);
  return { width, height, rgb };
}

export function png(width: number, height: number, seed = 1): Uint8Array {
  return encodePng({ width, height, channels: 3, data: pixels(width, height, seed).rgb });
}

/** A JPEG file of 40 x 40 grey pixels: such files are passed on as they are, never decoded. */
export const JPEG = Buffer.from(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/wAALCAAoACgBAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/APzToooooooooooooooooooooooooooooooor/2Q==',
  'base64',
);
