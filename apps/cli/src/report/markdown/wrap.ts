import stringWidth from '../../shims/string-width.ts';

/** Spaces, one sequence of styling, one wide character (lines may break beside it), or a word. */
const UNITS =
  // oxlint-disable-next-line no-control-regex -- styling is part of a line
  /[ \t]+|\u001B\[\d+m|[\u2E80-\u9FFF\uAC00-\uD7A3\uF900-\uFAFF\u{20000}-\u{3FFFD}]|[^ \t\u001B\u2E80-\u9FFF\uAC00-\uD7A3\uF900-\uFAFF\u{20000}-\u{3FFFD}]+/gu;
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
  let empty = true;
  for (const unit of text.match(UNITS) ?? []) {
    if (/^[ \t]/.test(unit)) {
      gap = empty ? '' : ' ';
      continue;
    }
    const size = stringWidth(unit);
    if (!empty && size > 0 && width + gap.length + size > columns && !CLOSING.test(unit)) {
      lines.push(line);
      line = rest;
      width = stringWidth(rest);
      gap = '';
    }
    line += gap + unit;
    width += gap.length + size;
    gap = '';
    if (size > 0) empty = false;
  }
  return [...lines, line.trimEnd()];
}
