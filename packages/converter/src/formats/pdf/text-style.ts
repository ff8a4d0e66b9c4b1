import type { Pdfium } from './engine.ts';
import { readBytes } from './memory.ts';

/** What the characters of one text object have in common. */
export interface TextStyle {
  /** Height of the font on the page, in points. */
  readonly size: number;
  readonly bold: boolean;
  readonly monospaced: boolean;
  /** A font of signs, whose control characters are no ligatures of letters. */
  readonly signs: boolean;
  /** Quarter turns counter-clockwise of the direction of writing. */
  readonly turn: 0 | 1 | 2 | 3;
}

const FIXED_PITCH_FLAG = 1;
const FORCE_BOLD_FLAG = 1 << 18;
const BOLD_WEIGHT = 600;
const BOLD_NAME =
  /bold|black|heavy|semibold|demi(?!c)|(?:^|\+)CM(?:BX|B|SSBX)\d|-Bd|NimbusRomNo9L-Medi|NimbusSanL-Bold|SFBX/i;
const MONOSPACED_NAME = /courier|mono|consol|typewriter|menlo|(?:^|\+)(?:CM|SF)TT|NimbusMonL/i;

const SIGNS_NAME = /(?:^|\+)(?:CM(?:EX|SY|MI|BSY)|MSAM|MSBM|EUEX|EUSM|STMARY|LASY|WASY)\d*/i;

/** Reads the style of the text object that the character at `index` is drawn by. */
export function readStyle(
  pdfium: Pdfium,
  { text, index, scratch }: { text: number; index: number; scratch: number },
): TextStyle {
  const { calls } = pdfium;
  let flags = 0;
  const nameBytes = readBytes(
    pdfium,
    (buffer, size) => {
      const length = calls.FPDFText_GetFontInfo(text, index, buffer, size, scratch);
      flags = pdfium.view().getInt32(scratch, true);
      return length;
    },
    1024,
  );
  const name = Buffer.from(nameBytes).toString('utf8');
  calls.FPDFText_GetMatrix(text, index, scratch);
  const view = pdfium.view();
  const [a, b, c, d] = [0, 4, 8, 12].map((at) => view.getFloat32(scratch + at, true)) as [
    number,
    number,
    number,
    number,
  ];
  const scale = Math.hypot(c, d) || Math.hypot(a, b) || 1;
  const size = Math.abs(calls.FPDFText_GetFontSize(text, index)) * scale;
  return {
    size: Number.isFinite(size) && size > 0 ? size : 1,
    bold:
      BOLD_NAME.test(name) ||
      (flags & FORCE_BOLD_FLAG) !== 0 ||
      calls.FPDFText_GetFontWeight(text, index) >= BOLD_WEIGHT,
    monospaced: (flags & FIXED_PITCH_FLAG) !== 0 || MONOSPACED_NAME.test(name),
    signs: SIGNS_NAME.test(name),
    turn: (((Math.round(Math.atan2(b, a) / (Math.PI / 2)) % 4) + 4) % 4) as TextStyle['turn'],
  };
}
