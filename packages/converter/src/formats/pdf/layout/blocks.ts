/** Groups of lines to the blocks of a page. */
import type { Block, Line, PlacedBlock } from '../model.ts';
import type { HeadingRules } from './headings.ts';
import type { HyphenJoiner } from './hyphens.ts';
import { joinLines } from './join-lines.ts';
import { listMark } from './list-marks.ts';
import { isCode, isRow, SENTENCE_END } from './paragraphs.ts';
import type { BodyStyle } from './statistics.ts';
import { tableBlock } from './tables/table-block.ts';

interface BlockInput {
  readonly page: number;
  readonly groups: readonly (readonly Line[])[];
  readonly body: BodyStyle;
  readonly headings: HeadingRules;
  readonly hyphens: HyphenJoiner;
}

export function blocksOf(input: BlockInput): PlacedBlock[] {
  /** Left edges of the open list, outermost first. */
  let indents: number[] = [];
  return input.groups.map((group) => {
    const first = group[0] as Line;
    const block = blockOf(group, input);
    if (block.kind !== 'item') indents = [];
    else indents = [...indents.filter((left) => left < first.x0 - first.size * 0.5), first.x0];
    return {
      block: block.kind === 'item' ? { ...block, depth: indents.length - 1 } : block,
      y: first.y,
      x0: Math.min(...group.map(({ x0 }) => x0)),
      x1: Math.max(...group.map(({ x1 }) => x1)),
    };
  });
}

function blockOf(group: readonly Line[], input: BlockInput): Block {
  const { page, body, headings, hyphens } = input;
  const first = group[0] as Line;
  if (first.table) return tableBlock(first.table, hyphens);
  const level = headings.levelOf(group, page);
  if (level !== undefined) return { kind: 'heading', level, text: joinLines(group, hyphens) };
  if (isCode(first, body) && group.length > 1) return { kind: 'code', rows: codeRows(group) };
  if (isTableRow(group)) return { kind: 'rows', rows: group.map(({ text }) => text) };
  const item = isCode(first, body) ? undefined : listMark(first.text);
  if (item === undefined)
    return { kind: 'paragraph', text: joinLines(group, hyphens), open: isOpen(group) };
  const text = joinLines([{ ...first, text: item.text }, ...group.slice(1)], hyphens);
  return { kind: 'item', mark: item.mark, depth: 0, text };
}

function isTableRow(group: readonly Line[]): boolean {
  return group.length > 1 && group.every((line) => isRow(line));
}

/** The paragraph may go on after the page's end. */
function isOpen(group: readonly Line[]): boolean {
  const last = group.at(-1) as Line;
  return last.hyphen || !SENTENCE_END.test(last.text);
}

/** Indentation by the width of a character. */
function codeRows(group: readonly Line[]): string[] {
  const left = Math.min(...group.map(({ x0 }) => x0));
  const widths = group.map(({ x0, x1, text }) => (x1 - x0) / Math.max(1, text.length));
  const width = widths.toSorted((a, b) => a - b)[Math.floor(widths.length / 2)] || 1;
  return group.map(
    ({ x0, text }) => ' '.repeat(Math.min(40, Math.round((x0 - left) / width))) + text,
  );
}
