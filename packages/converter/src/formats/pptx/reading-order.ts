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
 * Shapes in the order in which they are read: cut into columns where white space runs from top to bottom, else into
 * rows, and so on within each. Shapes that stand in rows and columns alike are read by rows when there are many.
 */
export function readingOrder<T extends { readonly box: Box }>(
  shapes: readonly T[],
  depth = 0,
): T[] {
  if (shapes.length < 2 || depth > MAXIMUM_DEPTH) return byPlace(shapes);
  const rows = cut(shapes, ({ top, height }) => [top, height]);
  const columns = cut(shapes, ({ left, width }) => [left, width]);
  const isGrid = rows.length >= ROWS_OF_A_TABLE && columns.length > 1;
  const parts = columns.length > 1 && !isGrid ? columns : rows;
  if (parts.length < 2) return byPlace(shapes);
  return parts.flatMap((part) => readingOrder(part, depth + 1));
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
