/** What stands for a line end in a line that is edited, and becomes one again. */
const LINE_END = '␤';

const BEGIN = '\u001B[200~';
const END = '\u001B[201~';
/** Tells the terminal to say where a paste begins and ends, and to say it no more. */
export const ASK_FOR_MARKS = '\u001B[?2004h';
export const NO_MORE_MARKS = '\u001B[?2004l';

/** The line as it was typed or pasted. */
export const withLineEnds = (line: string): string => line.replaceAll(LINE_END, '\n');

/** A text as one line that presses no key and moves no cursor. */
export const asOneLine = (text: string): string =>
  text
    .replace(/\r\n?|\n/g, LINE_END)
    .replace(/\t/g, '  ')
    // oxlint-disable-next-line no-control-regex -- control characters are what this is about
    .replace(/[\u0000-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069]/g, '');

/**
 * Takes what a terminal sends, in pieces, and gives what an editor of lines is to see: a paste, which the terminal
 * marks, as text of one line that presses no key, so that Enter alone sends it.
 */
export function pasteFilter(): (piece: string) => string {
  let held = '';
  let inPaste = false;
  return (piece) => {
    let rest = held + piece;
    let seen = '';
    held = '';
    for (;;) {
      const mark = inPaste ? END : BEGIN;
      const at = rest.indexOf(mark);
      if (at === -1) break;
      seen += inPaste ? asOneLine(rest.slice(0, at)) : rest.slice(0, at);
      rest = rest.slice(at + mark.length);
      inPaste = !inPaste;
    }
    // a mark or a line end may come in two pieces; the Escape key alone does not wait for the next one
    const begun = inPaste
      ? beginningOf(END, rest, 1) || beginningOf('\r\n', rest, 1)
      : beginningOf(BEGIN, rest, 3);
    held = rest.slice(rest.length - begun);
    const whole = rest.slice(0, rest.length - begun);
    return seen + (inPaste ? asOneLine(whole) : whole);
  };
}

/** How many characters at the end of a text, `least` or more, begin the mark. */
function beginningOf(mark: string, text: string, least: number): number {
  for (let length = Math.min(mark.length - 1, text.length); length >= least; length -= 1)
    if (text.endsWith(mark.slice(0, length))) return length;
  return 0;
}
