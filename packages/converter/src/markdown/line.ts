/** A line of Markdown as the block rules look at it. */
export interface MarkdownLine {
  /** Offset of its first character in the text. */
  readonly start: number;
  /** Columns of white space before the content. */
  readonly column: number;
  readonly content: string;
}

/** The lines of a text, each with the offset after its line end. */
export function* markdownLines(markdown: string): Generator<MarkdownLine & { end: number }> {
  for (let start = 0; start < markdown.length;) {
    const newline = markdown.indexOf('\n', start);
    const stop = newline < 0 ? markdown.length : newline;
    const line = markdown.slice(start, stop);
    const end = newline < 0 ? stop : stop + 1;
    yield { start, end, column: indentOf(line), content: line.trimStart() };
    start = end;
  }
}

/** Columns of white space, tabs to the next multiple of four. */
export function indentOf(line: string): number {
  let column = 0;
  for (let index = 0; index < line.length; index += 1) {
    const char = line[index];
    if (char === ' ') column += 1;
    else if (char === '\t') column += 4 - (column % 4);
    else break;
  }
  return column;
}

const LIST_ITEM = /^(?:[-+*]|\d{1,9}[.)])(?=[ \t]|$)/;

/** A list mark at the start of a line's content: where the item's content begins, and what it is. */
export function listItem(
  content: string,
  column: number,
): { readonly column: number; readonly inner: string; readonly mark: string } | undefined {
  const mark = LIST_ITEM.exec(content)?.[0];
  if (mark === undefined) return undefined;
  const after = content.slice(mark.length);
  const spaces = indentOf(after);
  const isNear = after.trim() !== '' && spaces >= 1 && spaces <= 4;
  return {
    column: column + mark.length + (isNear ? spaces : 1),
    inner: after.trimStart(),
    mark,
  };
}
