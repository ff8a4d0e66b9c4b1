/** One line of a text: `text.slice(start, end)` is the line without its ending, `next` is where the next line starts. */
export interface Line {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

/** The lines of a text from `offset` on, with their places. Lines end in `\n` or `\r\n`; nothing is left out. */
export function linesOf(text: string, offset = 0): Line[] {
  const lines: Line[] = [];
  let start = offset;
  while (start < text.length) {
    const feed = text.indexOf('\n', start);
    const next = feed === -1 ? text.length : feed + 1;
    let end = feed === -1 ? text.length : feed;
    if (feed > start && text[feed - 1] === '\r') end -= 1;
    lines.push({ text: text.slice(start, end), start, end, next });
    start = next;
  }
  return lines;
}

/** The line ending that a text uses: that of its first line, `\n` when it has none. */
export function lineEndingOf(text: string): '\n' | '\r\n' {
  const feed = text.indexOf('\n');
  return feed > 0 && text[feed - 1] === '\r' ? '\r\n' : '\n';
}

/** The text as one line: every run of white space, line and paragraph separators included, is one space; trimmed. */
export function oneLine(text: string): string {
  return text.replace(/[\s\u0085]+/g, ' ').trim();
}

/** Gives the 1-based line of an offset; fast for offsets that only grow. */
export function lineCounter(text: string): (offset: number) => number {
  const nextFeed = (from: number): number => {
    const feed = text.indexOf('\n', from);
    return feed === -1 ? text.length : feed;
  };
  let line = 1;
  let feed = nextFeed(0);
  let last = 0;
  return (offset) => {
    if (offset < last) {
      line = 1;
      feed = nextFeed(0);
    }
    last = offset;
    while (feed < offset && feed < text.length) {
      line += 1;
      feed = nextFeed(feed + 1);
    }
    return line;
  };
}
