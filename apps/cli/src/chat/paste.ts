/** What stands for a line end in a line that is edited, and becomes one again. */
const LINE_END = '␤';

const BEGIN = '\u001B[200~';
const END = '\u001B[201~';
/** Tells the terminal to say where a paste begins and ends, and to say it no more. */
export const ASK_FOR_MARKS = '\u001B[?2004h';
export const NO_MORE_MARKS = '\u001B[?2004l';

/** A text as one line that presses no key and moves no cursor. */
export const asOneLine = (text: string): string =>
  text
    .replace(/\r\n?|\n/g, LINE_END)
    .replace(/\t/g, '  ')
    // oxlint-disable-next-line no-control-regex -- control characters are what this is about
    .replace(/[\u0000-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069]/g, '');

export interface Pastes {
  /** Takes what a terminal sends, in pieces, and gives what an editor of lines is to see. */
  keys(piece: string): string;
  /** The line as it was typed or pasted. */
  whole(line: string): string;
}

/** Characters of a paste that are shown; of a longer one stands how long it is, for an editor of lines is slow. */
const MOST_SHOWN = 1000;
const CTRL_C = '\u0003';

/**
 * A paste, which the terminal marks, becomes text of one line that presses no key, so that Enter alone sends it.
 * Ctrl-C alone ends a paste whose end does not come.
 */
export function pastes(): Pastes {
  /** By what stands for them. */
  const long = new Map<string, string>();
  let held = '';
  let pasted: string | undefined;
  const shown = (text: string): string => {
    const line = asOneLine(text);
    if (line.length <= MOST_SHOWN) return line;
    const name = `[pasted ${long.size + 1}: ${line.length} characters]`;
    long.set(name, line);
    return name;
  };
  const take = (part: string): string => {
    if (pasted === undefined) return part;
    pasted += part;
    return '';
  };
  return {
    keys(piece) {
      if (pasted !== undefined && piece === CTRL_C) {
        pasted = undefined;
        held = '';
        return piece;
      }
      let rest = held + piece;
      let seen = '';
      for (;;) {
        const mark = pasted === undefined ? BEGIN : END;
        const at = rest.indexOf(mark);
        if (at === -1) break;
        seen += take(rest.slice(0, at));
        if (pasted !== undefined) seen += shown(pasted);
        pasted = pasted === undefined ? '' : undefined;
        rest = rest.slice(at + mark.length);
      }
      // a mark may come in two pieces; the Escape key alone does not wait for the next one
      const begun = pasted === undefined ? beginningOf(BEGIN, rest, 3) : beginningOf(END, rest, 1);
      held = rest.slice(rest.length - begun);
      return seen + take(rest.slice(0, rest.length - begun));
    },
    whole(line) {
      let text = line;
      for (const [name, all] of long) text = text.replaceAll(name, () => all);
      return text.replaceAll(LINE_END, '\n');
    },
  };
}

/** How many characters at the end of a text, `least` or more, begin the mark. */
function beginningOf(mark: string, text: string, least: number): number {
  for (let length = Math.min(mark.length - 1, text.length); length >= least; length -= 1)
    if (text.endsWith(mark.slice(0, length))) return length;
  return 0;
}
