import type { Pdfium } from './engine.ts';

/** Runs with `size` bytes of PDFium's memory, which are freed afterwards. */
export function withMemory<T>(pdfium: Pdfium, size: number, use: (pointer: number) => T): T {
  const pointer = pdfium.calls.malloc(size);
  if (pointer === 0) throw new RangeError('PDFium is out of memory.');
  try {
    return use(pointer);
  } finally {
    pdfium.calls.free(pointer);
  }
}

/** Strings longer than this are no title or label. */
const MAXIMUM_STRING_BYTES = 65_536;

/**
 * A string that PDFium gives by its usual way: the first call states the bytes with the closing zero,
 * the second fills them in.
 */
export function readUtf16(pdfium: Pdfium, call: (buffer: number, size: number) => number): string {
  return decodeString(readBytes(pdfium, call, MAXIMUM_STRING_BYTES));
}

/** The bytes of a call that states their number first; none when over `limit`. */
export function readBytes(
  pdfium: Pdfium,
  call: (buffer: number, size: number) => number,
  limit: number,
): Uint8Array {
  const size = call(0, 0);
  if (size <= 0 || size > limit) return new Uint8Array(0);
  return withMemory(pdfium, size, (pointer) => {
    const filled = call(pointer, size);
    return pdfium.bytes().slice(pointer, pointer + Math.min(size, Math.max(0, filled)));
  });
}

function decodeString(bytes: Uint8Array): string {
  const text = new TextDecoder('utf-16le').decode(bytes);
  const end = text.indexOf('\0');
  return (end < 0 ? text : text.slice(0, end)).trim();
}
