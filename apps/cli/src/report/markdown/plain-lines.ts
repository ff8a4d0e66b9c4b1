import type { MarkdownLines } from './markdown-lines.ts';

/** Markdown that arrives in pieces, line by line as it is. */
export function plainLines(edit: (line: string) => string): MarkdownLines {
  let unfinished = '';
  return {
    push(text) {
      const lines = (unfinished + text).split('\n');
      unfinished = lines.pop() ?? '';
      return lines.map((line) => edit(line));
    },
    end() {
      const line = unfinished;
      unfinished = '';
      return line === '' ? [] : [edit(line)];
    },
  };
}
