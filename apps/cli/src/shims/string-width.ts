import { stripVTControlCharacters } from 'node:util';

/**
 * Stands in for `string-width` in the bundle: that package makes an
 * `Intl.Segmenter` when it is loaded, which alone costs some 20 ms a start.
 * Wide (CJK, emoji) characters count 2, combining marks 0; enough for help text.
 */
export default function stringWidth(text: string): number {
  const plain = text.includes('\u001B') ? stripVTControlCharacters(text) : text;
  let width = 0;
  for (const char of plain) {
    const code = char.codePointAt(0) ?? 0;
    if (code < 0x20 || (code >= 0x7f && code < 0xa0)) continue;
    if (code < 0x300) width += 1;
    else if (/\p{M}|\p{Cf}/u.test(char)) continue;
    else width += wide(code) ? 2 : 1;
  }
  return width;
}

function wide(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1f300 && code <= 0x1faff) ||
    (code >= 0x20000 && code <= 0x3fffd)
  );
}
