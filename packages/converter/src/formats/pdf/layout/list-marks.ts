/** A bullet that stands before its text. `–` and `-` count only with a gap, which PDFium gives as a space. */
const BULLET = /^(?:[•◦▪▫‣⁃●○■□➢➤❖✓✔·]\s*|[-–—*]\s+)(?=\S)/u;
const NUMBER = /^(\d{1,3}[.)]|\(\d{1,3}\)|\(?[a-z][.)]|\(?[ivx]{1,5}\))\s+(?=\S)/;

export interface ListMark {
  /** `-` for a bullet, else the number as Markdown takes it (`3.`), or the letter as it stands. */
  readonly mark: string;
  readonly text: string;
}

/** The list mark that a line begins with, and the text after it. */
export function listMark(text: string): ListMark | undefined {
  const bullet = BULLET.exec(text)?.[0];
  if (bullet !== undefined) return { mark: '-', text: text.slice(bullet.length) };
  const number = NUMBER.exec(text);
  if (number?.[1] === undefined) return undefined;
  return { mark: number[1], text: text.slice(number[0].length) };
}

/** `[12]` at the start: an entry of a bibliography. */
export function isReference(text: string): boolean {
  return /^\[(?:\d{1,4}|[A-Z][\w+]{1,12})\]\s/.test(text);
}
