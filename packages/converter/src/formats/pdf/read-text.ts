import type { Pdfium } from './engine.ts';
import { glyphText } from './glyphs.ts';
import { withMemory } from './memory.ts';
import type { Box, Segment } from './model.ts';
import { SegmentBuilder } from './segment-builder.ts';
import { readStyle, type TextStyle } from './text-style.ts';

export interface PageText {
  /** Per quarter turn of the text's direction, counter-clockwise. */
  readonly byTurn: readonly [Segment[], Segment[], Segment[], Segment[]];
  readonly characters: number;
  readonly unreadable: number;
}

/** PDFium's marks for a hyphen at a line's end, with and without a line end of its own. */
const HYPHENS = new Set([0x02, 0xfffe]);
const SOFT_HYPHEN = 0xad;

/** Reads every character of a page into segments, in the order in which PDFium gives them; the page's rules part them. */
export function readText(pdfium: Pdfium, page: number, rules: readonly Box[]): PageText {
  const { calls } = pdfium;
  const text = calls.FPDFText_LoadPage(page);
  const builder = new SegmentBuilder(rules);
  if (text === 0) return builder.finish();
  try {
    const count = calls.FPDFText_CountChars(text);
    withMemory(pdfium, 48, (scratch) => {
      for (let index = 0; index < count; index += 1) readCharacter(index, scratch);
    });
    return builder.finish();
  } finally {
    calls.FPDFText_ClosePage(text);
  }

  function readCharacter(index: number, scratch: number): void {
    const code = calls.FPDFText_GetUnicode(text, index);
    const object = calls.FPDFText_GetTextObject(text, index);
    // line ends and spaces that PDFium puts in belong to no object; a real 0x0d is a ligature of TeX
    if (object === 0 && (code === 0x0a || code === 0x0d)) return builder.endLine();
    if (HYPHENS.has(code)) return builder.hyphen();
    if (code === SOFT_HYPHEN) return builder.softHyphen();
    if (code === 0x20 || code === 0xa0 || code === 0x09 || code === 0x0a) return builder.space();
    const glyph = glyphText(code);
    if (glyph === undefined) return builder.unreadable();
    if (object === 0) return builder.append(glyph);
    const style = styleOf(object, index, scratch);
    if (style.signs && code < 0x20) return builder.unreadable();
    calls.FPDFText_GetLooseCharBox(text, index, scratch);
    calls.FPDFText_GetCharOrigin(text, index, scratch + 16, scratch + 24);
    const view = pdfium.view();
    builder.glyph(glyph, style, {
      left: view.getFloat32(scratch, true),
      top: view.getFloat32(scratch + 4, true),
      right: view.getFloat32(scratch + 8, true),
      bottom: view.getFloat32(scratch + 12, true),
      originX: view.getFloat64(scratch + 16, true),
      originY: view.getFloat64(scratch + 24, true),
    });
  }

  function styleOf(object: number, index: number, scratch: number): TextStyle {
    return builder.styleFor(object, () => readStyle(pdfium, { text, index, scratch }));
  }
}
