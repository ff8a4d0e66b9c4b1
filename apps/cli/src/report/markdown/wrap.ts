import stringWidth from '../../shims/string-width.ts';

/** Spaces, one sequence of styling, one wide character (lines may break beside it), or a word. */
const UNITS =
  // oxlint-disable-next-line no-control-regex -- styling is part of a line
  /[ \t]+|\u001B\[\d+m|[\u2E80-\u9FFF\uAC00-\uD7A3\uF900-\uFAFF\u{20000}-\u{3FFFD}]|[^ \t\u001B\u2E80-\u9FFF\uAC00-\uD7A3\uF900-\uFAFF\u{20000}-\u{3FFFD}]+/gu;
// oxlint-disable-next-line no-control-regex -- as above
const ENDS_STYLING = /^\u001B\[(?:0|2[2-9]|39)m$/;
/** Punctuation that stays at the end of a line. */
const CLOSING = /^[、。，．！？：；）」』】》〉]$/u;

export interface Margins {
  /** What the first line begins with, and the others. */
  readonly first: string;
  readonly rest: string;
  readonly columns: number;
}

/** A text of one line as lines of at most so many columns; a word that is longer has a line of its own. */
export function wrap(text: string, { first, rest, columns }: Margins): string[] {
  const lines: string[] = [];
  let line = first;
  let width = stringWidth(first);
  let gap = '';
  let opening = '';
  let empty = true;
  for (const unit of text.match(UNITS) ?? []) {
    if (/^[ \t]/.test(unit)) {
      gap = empty ? '' : ' ';
      continue;
    }
    if (unit.startsWith('\u001B')) {
      // styling ends with the word before it, and begins with the word after it
      if (ENDS_STYLING.test(unit)) line += unit;
      else opening += unit;
      continue;
    }
    const size = stringWidth(unit);
    if (!empty && width + gap.length + size > columns && !CLOSING.test(unit)) {
      lines.push(line);
      line = rest;
      width = stringWidth(rest);
      gap = '';
    }
    line += gap + opening + unit;
    width += gap.length + size;
    gap = '';
    opening = '';
    empty = false;
  }
  return [...lines, line.trimEnd()];
}
