/** The pushing of a force layout, by a quadtree: a cell that is far away pushes as one page in its centre of mass. */

export interface Bodies {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly vx: Float64Array;
  readonly vy: Float64Array;
}

const STRENGTH = 260;
/** Width of a cell, divided by its distance, below which it counts as one. */
const THETA = 0.9;
/** Nobody pushes further than this. */
const REACH = 2500;
/** Cells deeper than this hold pages that lie in one place. */
const DEEPEST = 40;

/** A cell has four children at `4 * cell`, each 0 (nothing), a cell, or a page as `-1 - page`. */
interface Tree {
  children: Int32Array;
  /** Mass and centre of each cell. */
  mass: Float64Array;
  cx: Float64Array;
  cy: Float64Array;
  cells: number;
  readonly size: number;
  readonly left: number;
  readonly top: number;
}

/** Adds to the speeds what every page pushes every other, times `heat`. */
export function pushAll(bodies: Bodies, heat: number): void {
  const { x, y } = bodies;
  if (x.length < 2) return;
  const tree = grow(x, y);
  weigh(tree, bodies);
  const walk = walkOf(tree);
  for (let i = 0; i < x.length; i += 1) push(tree, bodies, { page: i, heat, walk });
}

function grow(x: Float64Array, y: Float64Array): Tree {
  const [left, top] = [least(x), least(y)];
  const size = Math.max(most(x) - left, most(y) - top, 1) * 1.0001;
  const room = 2 * x.length + 16;
  const [mass, cx, cy] = [new Float64Array(room), new Float64Array(room), new Float64Array(room)];
  const tree: Tree = {
    children: new Int32Array(4 * room),
    mass,
    cx,
    cy,
    cells: 1,
    size,
    left,
    top,
  };
  for (let i = 0; i < x.length; i += 1) insert(tree, i, x, y);
  return tree;
}

const least = (values: Float64Array) => values.reduce((a, b) => Math.min(a, b));
const most = (values: Float64Array) => values.reduce((a, b) => Math.max(a, b));

function insert(tree: Tree, page: number, x: Float64Array, y: Float64Array): void {
  let [cell, size, left, top] = [0, tree.size, tree.left, tree.top];
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    size /= 2;
    const right = x[page]! >= left + size;
    const below = y[page]! >= top + size;
    const slot = 4 * cell + (right ? 1 : 0) + (below ? 2 : 0);
    if (right) left += size;
    if (below) top += size;
    const found = tree.children[slot]!;
    if (found === 0) {
      tree.children[slot] = -1 - page;
      return;
    }
    if (found > 0) {
      cell = found;
      continue;
    }
    const made = newCell(tree);
    tree.children[slot] = made;
    const other = -1 - found;
    const at = (x[other]! >= left + size / 2 ? 1 : 0) + (y[other]! >= top + size / 2 ? 2 : 0);
    tree.children[4 * made + at] = found;
    cell = made;
  }
}

function newCell(tree: Tree): number {
  if (tree.cells === tree.mass.length) {
    tree.children = larger(tree.children, new Int32Array(2 * tree.children.length));
    tree.mass = larger(tree.mass, new Float64Array(2 * tree.cells));
    tree.cx = new Float64Array(2 * tree.cells);
    tree.cy = new Float64Array(2 * tree.cells);
  }
  tree.cells += 1;
  return tree.cells - 1;
}

function larger<T extends Int32Array | Float64Array>(old: T, made: T): T {
  made.set(old);
  return made;
}

/** Children are younger than their cell, so that from the last to the first each is weighed before it is needed. */
function weigh({ children, mass, cx, cy, cells }: Tree, { x, y }: Bodies): void {
  for (let cell = cells - 1; cell >= 0; cell -= 1) {
    let [sum, sx, sy] = [0, 0, 0];
    for (let slot = 4 * cell; slot < 4 * cell + 4; slot += 1) {
      const child = children[slot]!;
      if (child === 0) continue;
      const weight = child > 0 ? mass[child]! : 1;
      sum += weight;
      sx += weight * (child > 0 ? cx[child]! : x[-1 - child]!);
      sy += weight * (child > 0 ? cy[child]! : y[-1 - child]!);
    }
    mass[cell] = sum;
    cx[cell] = sx / sum;
    cy[cell] = sy / sum;
  }
}

/** Cells, or pages, that are still to be looked at, with their widths; each cell adds three at most. */
interface Walk {
  readonly stack: Int32Array;
  readonly widths: Float64Array;
}

const walkOf = ({ cells }: Tree): Walk => {
  const room = 4 * Math.min(cells, DEEPEST) + 8;
  return { stack: new Int32Array(room), widths: new Float64Array(room) };
};

interface Pushed {
  readonly page: number;
  readonly heat: number;
  readonly walk: Walk;
}

function push(tree: Tree, { x, y, vx, vy }: Bodies, { page, heat, walk }: Pushed): void {
  const { children, mass, cx, cy } = tree;
  const { stack, widths } = walk;
  const [px, py] = [x[page]!, y[page]!];
  let [ax, ay, length] = [0, 0, 1];
  stack[0] = 0;
  widths[0] = tree.size;
  while (length > 0) {
    length -= 1;
    const one = stack[length]!;
    const isPage = one < 0;
    if (isPage && -1 - one === page) continue;
    const dx = px - (isPage ? x[-1 - one]! : cx[one]!);
    const dy = py - (isPage ? y[-1 - one]! : cy[one]!);
    const square = dx * dx + dy * dy;
    const width = widths[length]!;
    if (!isPage && width * width >= THETA * THETA * square) {
      for (let slot = 4 * one; slot < 4 * one + 4; slot += 1) {
        const child = children[slot]!;
        if (child === 0) continue;
        stack[length] = child;
        widths[length] = width / 2;
        length += 1;
      }
      continue;
    }
    if (square > REACH * REACH) continue;
    const force = (STRENGTH * heat * (isPage ? 1 : mass[one]!)) / Math.max(square, 60);
    // pages in one place go apart, each its own way
    ax += (dx || 0.01 * ((page % 7) - 3.5)) * force;
    ay += (dy || 0.01 * ((page % 5) - 2.5)) * force;
  }
  vx[page]! += ax;
  vy[page]! += ay;
}
