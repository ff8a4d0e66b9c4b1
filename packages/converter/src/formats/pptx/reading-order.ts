/** Where a shape stands, in the units of the file. */
export interface Box {
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

/** Shapes may touch and overlap by so much of the smaller one, and still stand beside each other. */
const SLACK = 0.2;
const MAXIMUM_DEPTH = 8;
/** Rows of a grid from which it is read row by row, as a table, and not as columns of text. */
const ROWS_OF_A_TABLE = 3;

/**
 * Shapes in the order in which they are read: in bands from top to bottom, the columns of a band one after the other.
 * Shapes that stand in many rows and columns alike are read row by row, as a table is.
 */
export function readingOrder<T extends { readonly box: Box }>(
  shapes: readonly T[],
  depth = 0,
): T[] {
  if (shapes.length < 2 || depth > MAXIMUM_DEPTH) return byPlace(shapes);
  const rows = cut(shapes, ({ top, height }) => [top, height]);
  const bands = bandsOf(rows);
  if (bands.length > 1) return bands.flatMap((band) => readingOrder(band, depth + 1));
  const columns = columnsOf(shapes);
  const isGrid = rows.length >= ROWS_OF_A_TABLE && columns.length > 1;
  const parts = columns.length > 1 && !isGrid ? columns : rows;
  if (parts.length < 2) return byPlace(shapes);
  return parts.flatMap((part) => readingOrder(part, depth + 1));
}

/** Rows that have the same columns belong together. */
function bandsOf<T extends { readonly box: Box }>(rows: readonly T[][]): T[][] {
  const bands: T[][] = [];
  for (const row of rows) {
    const above = bands.at(-1);
    const together = above ? [...above, ...row] : row;
    const count = columnsOf(together).length;
    const isSame =
      above !== undefined &&
      count > 1 &&
      count === columnsOf(above).length &&
      count === columnsOf(row).length;
    if (isSame) bands[bands.length - 1] = together;
    else bands.push(row);
  }
  return bands;
}

function columnsOf<T extends { readonly box: Box }>(shapes: readonly T[]): T[][] {
  return cut(shapes, ({ left, width }) => [left, width]);
}

function byPlace<T extends { readonly box: Box }>(shapes: readonly T[]): T[] {
  return shapes.toSorted((a, b) => a.box.top - b.box.top || a.box.left - b.box.left);
}

/** Groups along one axis, whose extents do not overlap. */
function cut<T extends { readonly box: Box }>(
  shapes: readonly T[],
  extentOf: (box: Box) => readonly [start: number, length: number],
): T[][] {
  const inOrder = shapes
    .map((shape) => {
      const [start, length] = extentOf(shape.box);
      return { shape, start, end: start + length, slack: length * SLACK };
    })
    .toSorted((a, b) => a.start - b.start);
  const groups: T[][] = [];
  let end = -Infinity;
  let slack = 0;
  for (const one of inOrder) {
    if (groups.length === 0 || one.start < end - Math.min(slack, one.slack)) {
      if (groups.length === 0) groups.push([]);
    } else groups.push([]);
    groups.at(-1)?.push(one.shape);
    if (one.end > end) [end, slack] = [one.end, one.slack];
  }
  return groups;
}
