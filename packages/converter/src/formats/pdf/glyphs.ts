/** Old TeX fonts keep their ligatures where ASCII has control characters. */
const TEX_LIGATURES: Readonly<Record<number, string>> = {
  0x0b: 'ff',
  0x0c: 'fi',
  0x0d: 'fl',
  0x0e: 'ffi',
  0x0f: 'ffl',
};
/** Bullets of the Symbol and Wingdings fonts, which Word maps into the private use area. */
const PRIVATE_BULLETS = new Set([
  0xf0b7, 0xf0a7, 0xf06c, 0xf06e, 0xf071, 0xf076, 0xf0a8, 0xf0d8, 0xf0fc,
]);

/** The text of one character code of a PDF; `undefined` when the code says nothing. */
export function glyphText(code: number): string | undefined {
  if (code < 0x20) return TEX_LIGATURES[code];
  if (code < 0x7f) return String.fromCharCode(code);
  if (code < 0xa0 || code === 0xfffd || code > 0x10ffff) return undefined;
  if (code >= 0xfdd0 && code <= 0xfdef) return undefined;
  if (code >= 0xfb00 && code <= 0xfb06) return String.fromCharCode(code).normalize('NFKC');
  if (PRIVATE_BULLETS.has(code)) return '•';
  return String.fromCodePoint(code);
}
