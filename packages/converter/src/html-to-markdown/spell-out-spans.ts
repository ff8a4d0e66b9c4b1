import type { Element, ElementContent, Root } from 'hast';

import { attribute, eachElement, element, text, textOf } from './hast.ts';

/** As browsers bound a cell's columns (HTML, 4.9.11). */
const MOST_COLUMNS = 1000;
/** Places of one table; in one that would have more each cell is one place. */
const MOST_PLACES = 200_000;

interface Place {
  readonly cell: Element;
  /** The upper left of the places that the cell covers. */
  readonly isFirst: boolean;
  /** The cell covers the place below as well. */
  readonly goesOn: boolean;
  readonly isWide: boolean;
}

/**
 * Puts the words of a cell that reaches over several columns or rows into each place that it covers, so that
 * every row can be read by itself. A cell that fills a row of its own stays one. A row of nothing but cells that go
 * on below is left out, for the next row has them all.
 */
export function spellOutSpans(tree: Root): void {
  eachElement(tree, (table) => {
    if (table.tagName === 'table') spellOut(table);
  });
}

function spellOut(table: Element): void {
  const rows = rowsOf(table);
  const spans = rows.some((row) =>
    cellsOf(row).some((cell) => span(cell, 'colSpan') > 1 || span(cell, 'rowSpan') > 1),
  );
  if (!spans) return;
  const grid = gridOf(rows);
  // what follows would make a place for each, however many there are
  for (const cell of rows.flatMap((row) => cellsOf(row))) {
    delete cell.properties['colSpan'];
    delete cell.properties['rowSpan'];
  }
  if (grid === undefined) return;
  const width = grid.reduce((most, places) => Math.max(most, places.length), 0);
  const dropped = new Set<ElementContent>();
  for (const [index, row] of rows.entries()) {
    const places = grid[index] ?? [];
    const filled = places.filter((place) => place !== undefined);
    if (filled.length > 0 && filled.every(({ goesOn }) => goesOn)) dropped.add(row);
    const isAlone =
      width > 1 && filled.length === width && filled.every(({ cell }) => cell === filled[0]?.cell);
    row.children = Array.from(places, (place) => contentOf(place, isAlone));
  }
  if (dropped.size === 0 || dropped.size === rows.length) return;
  for (const holder of [table, ...sectionsOf(table)])
    holder.children = holder.children.filter((child) => !dropped.has(child));
}

/** The places of each row, by the algorithm of HTML; `undefined` for a table that is too large. */
function gridOf(rows: readonly Element[]): (Place | undefined)[][] | undefined {
  const grid: (Place | undefined)[][] = rows.map(() => []);
  let places = 0;
  for (const [index, row] of rows.entries()) {
    let column = 0;
    for (const cell of cellsOf(row)) {
      while (grid[index]?.[column] !== undefined) column += 1;
      const columns = Math.min(span(cell, 'colSpan'), MOST_COLUMNS);
      const down = Math.min(span(cell, 'rowSpan'), rows.length - index);
      places += columns * down;
      if (places > MOST_PLACES || column > MOST_COLUMNS) return undefined;
      for (let y = 0; y < down; y += 1)
        for (let x = 0; x < columns; x += 1)
          (grid[index + y] as (Place | undefined)[])[column + x] ??= {
            cell,
            isFirst: x === 0 && y === 0,
            goesOn: y < down - 1,
            isWide: columns > 1,
          };
      column += columns;
    }
  }
  return grid;
}

function contentOf(place: Place | undefined, isAlone: boolean): Element {
  if (place === undefined) return element('td');
  if (place.isFirst) return place.cell;
  const words = isAlone && place.isWide ? '' : textOf(place.cell).replace(/\s+/g, ' ').trim();
  return element(place.cell.tagName, words === '' ? [] : [text(words)]);
}

function rowsOf(table: Element): Element[] {
  return [table, ...sectionsOf(table)]
    .flatMap((holder) => holder.children)
    .filter((child): child is Element => child.type === 'element' && child.tagName === 'tr');
}

function sectionsOf(table: Element): Element[] {
  return table.children.filter(
    (child): child is Element =>
      child.type === 'element' && /^(?:thead|tbody|tfoot)$/.test(child.tagName),
  );
}

function cellsOf(row: Element): Element[] {
  return row.children.filter(
    (child): child is Element => child.type === 'element' && /^t[dh]$/.test(child.tagName),
  );
}

function span(cell: Element, name: 'colSpan' | 'rowSpan'): number {
  const value = Number(attribute(cell.properties[name]) || 1);
  return Number.isInteger(value) && value > 0 ? value : 1;
}
