/**
 * Where a page keeps the marks of its lines: a comment that is its last line, so that no reader of the page or
 * of its properties sees them, and a program that writes the page anew takes them with it.
 *
 *     <!-- written-lines 1gpse69 1xju3fd -->
 */
const COMMENT = /\n?^<!-- written-lines((?: [0-9a-z]+)*) -->\r?\n?/gm;

export interface MarkedPage {
  /** The page without the comment. */
  readonly page: string;
  /** Marks separated by spaces; undefined where the page has none. */
  readonly marks: string | undefined;
}

export function takeMarks(text: string): MarkedPage {
  const match = [...text.matchAll(COMMENT)].at(-1);
  if (match === undefined) return { page: text, marks: undefined };
  const page = text.slice(0, match.index) + text.slice(match.index + match[0].length);
  return { page, marks: (match[1] ?? '').trim() };
}

/** A page that ends in a line ending, with its marks. */
export function withMarks(page: string, marks: string | undefined): string {
  return marks === undefined || marks === '' ? page : `${page}\n<!-- written-lines ${marks} -->\n`;
}
