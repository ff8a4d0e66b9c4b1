import { plainCell } from '../spreadsheet/cell-store.ts';
import { isEmpty, type DataNode } from './data-node.ts';
import { inOneLine } from './in-one-line.ts';

const MOST_COLUMNS = 20;
const LONGEST_CELL = 500;

export interface DataTable {
  /** With a head; cells are Markdown. */
  readonly rows: readonly (readonly string[])[];
  readonly written: number;
  readonly left: number;
}

/**
 * A list of things with the same few fields, or of lists of words, as a table; `undefined` for what is neither. At
 * most `values` cells are made.
 */
export function tableOf(items: readonly DataNode[], values: number): DataTable | undefined {
  if (items.length < 2) return undefined;
  const columns = columnsOf(items);
  if (columns !== undefined)
    return rowsOf(items, values, columns, (item) => {
      const fields = new Map(item.kind === 'fields' ? item.fields : []);
      return columns.map((name) => fields.get(name));
    });
  const width = widthOf(items);
  return width === undefined
    ? undefined
    : rowsOf(items, values, undefined, (item) => (item.kind === 'list' ? item.items : []));
}

function rowsOf(
  items: readonly DataNode[],
  values: number,
  head: readonly string[] | undefined,
  cellsOf: (item: DataNode) => readonly (DataNode | undefined)[],
): DataTable {
  const rows: string[][] = head === undefined ? [] : [head.map((name) => plainCell(name))];
  let written = 0;
  let left = 0;
  for (const item of items) {
    const cells = cellsOf(item);
    if (written + cells.length > values) left += cells.length;
    else {
      written += cells.length;
      rows.push(
        cells.map((cell) => (cell === undefined ? '' : plainCell(inOneLine(cell, LONGEST_CELL)))),
      );
    }
  }
  return { rows, written, left };
}

/** The fields of all, when all are things of small fields, most of which every thing has. */
function columnsOf(items: readonly DataNode[]): string[] | undefined {
  const counts = new Map<string, number>();
  for (const item of items) {
    if (item.kind !== 'fields' || isEmpty(item)) return undefined;
    for (const [name, value] of item.fields) {
      if (!isCell(value)) return undefined;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    if (counts.size > MOST_COLUMNS) return undefined;
  }
  const filled = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return filled * 2 >= counts.size * items.length ? [...counts.keys()] : undefined;
}

function widthOf(items: readonly DataNode[]): number | undefined {
  let width = 0;
  for (const item of items) {
    if (item.kind !== 'list' || !item.items.every(({ kind }) => kind === 'words')) return undefined;
    width = Math.max(width, item.items.length);
  }
  return width > 0 && width <= MOST_COLUMNS ? width : undefined;
}

function isCell(node: DataNode): boolean {
  if (node.kind === 'words') return node.words.length <= LONGEST_CELL;
  if (node.kind === 'list')
    return node.items.every(({ kind }) => kind === 'words') && inOneLine(node, 80).length <= 80;
  return isEmpty(node);
}
