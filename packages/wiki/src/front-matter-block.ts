/** Where a front matter block lies: `open` to `close` is its YAML, `end` is where the body starts. */
export interface BlockPlace {
  readonly open: number;
  readonly close: number;
  readonly end: number;
}

const FENCE = /^---[ \t]*$/;

/**
 * Finds the front matter block. The text opens (after a byte order mark, if any) with a line `---`, the block ends with
 * the next line that is `---` and nothing else, also when it is the last of the file without a line ending. A text that
 * begins with a thematic break is no front matter: the first line that says something must look like a YAML mapping.
 */
export function findBlock(text: string): BlockPlace | undefined {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  if (!text.startsWith('---', start)) return undefined;
  const open = lineEnd(text, start);
  if (open === text.length || !FENCE.test(lineText(text, start, open))) return undefined;
  let meaningful = false;
  let position = open;
  while (position < text.length) {
    const next = lineEnd(text, position);
    const line = lineText(text, position, next);
    if (FENCE.test(line)) return { open, close: position, end: next };
    if (!meaningful && !/^\s*(?:#|$)/.test(line)) {
      if (!/^["'{?]|:(?:\s|$)/.test(line)) return undefined;
      meaningful = true;
    }
    position = next;
  }
  return undefined;
}

function lineEnd(text: string, start: number): number {
  const feed = text.indexOf('\n', start);
  return feed === -1 ? text.length : feed + 1;
}

function lineText(text: string, start: number, next: number): string {
  return text.slice(start, next).replace(/\r?\n$/, '');
}
