import { markdownBlocks } from '../../src/markdown/blocks.ts';
import { headingText } from '../../src/markdown/heading-text.ts';

/** Share of a reference's headings that a text has, whatever their level; `undefined` where it has none. */
export function headingScore(text: string, reference: string): number | undefined {
  return shareOf(headingsOf(text), headingsOf(reference));
}

/** Share of a reference's table rows that a text has, cell for cell; `undefined` where it has none. */
export function tableScore(text: string, reference: string): number | undefined {
  return shareOf(tableRowsOf(text), tableRowsOf(reference));
}

export function headingsOf(markdown: string): string[] {
  return markdownBlocks(markdown).headings.map(({ text }) => plain(headingText(text)));
}

/** The rows of GFM tables without the line below the head; their filled cells in order. */
export function tableRowsOf(markdown: string): string[] {
  return markdown
    .split('\n')
    .filter((line) => /^\s*\|.*\|\s*$/.test(line) && !/^[\s|:-]+$/.test(line))
    .map((line) =>
      line
        .trim()
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => plain(cell))
        .filter((cell) => cell !== '')
        .join(' | '),
    )
    .filter((row) => row !== '');
}

function plain(words: string): string {
  return words
    .replace(/<br>|\\(?=\W)|\*\*|<!--[^]*?-->/g, ' ')
    .replace(/\]\([^)\s]*\)/g, ']')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

function shareOf(ours: readonly string[], theirs: readonly string[]): number | undefined {
  if (theirs.length === 0) return undefined;
  const left = [...ours];
  let found = 0;
  for (const item of theirs) {
    const at = left.indexOf(item);
    if (at < 0) continue;
    left.splice(at, 1);
    found += 1;
  }
  return found / theirs.length;
}
