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
  readonly children: number[];
  readonly mass: number[];
  readonly cx: number[];
  readonly cy: number[];
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
  for (let i = 0; i < x.length; i += 1) push(tree, bodies, i, heat);
}

function grow(x: Float64Array, y: Float64Array): Tree {
  const [left, top] = [least(x), least(y)];
  const size = Math.max(most(x) - left, most(y) - top, 1) * 1.0001;
  const tree: Tree = { children: [0, 0, 0, 0], mass: [0], cx: [0], cy: [0], size, left, top };
  for (let i = 0; i < x.length; i += 1) insert(tree, i, x, y);
  return tree;
}

const least = (values: Float64Array) => values.reduce((a, b) => Math.min(a, b));
const most = (values: Float64Array) => values.reduce((a, b) => Math.max(a, b));

function insert(tree: Tree, page: number, x: Float64Array, y: Float64Array): void {
  const { children } = tree;
  let [cell, size, left, top] = [0, tree.size, tree.left, tree.top];
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    size /= 2;
    const right = x[page]! >= left + size;
    const below = y[page]! >= top + size;
    const slot = 4 * cell + (right ? 1 : 0) + (below ? 2 : 0);
    if (right) left += size;
    if (below) top += size;
    const found = children[slot]!;
    if (found === 0) {
      children[slot] = -1 - page;
      return;
    }
    if (found > 0) {
      cell = found;
      continue;
    }
    const made = newCell(tree);
    children[slot] = made;
    const other = -1 - found;
    const at = (x[other]! >= left + size / 2 ? 1 : 0) + (y[other]! >= top + size / 2 ? 2 : 0);
    children[4 * made + at] = found;
    cell = made;
  }
}

function newCell({ children, mass, cx, cy }: Tree): number {
  children.push(0, 0, 0, 0);
  cx.push(0);
  cy.push(0);
  return mass.push(0) - 1;
}

/** Children are younger than their cell, so that from the last to the first each is weighed before it is needed. */
function weigh({ children, mass, cx, cy }: Tree, { x, y }: Bodies): void {
  for (let cell = mass.length - 1; cell >= 0; cell -= 1) {
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

function push({ children, mass, cx, cy, size }: Tree, bodies: Bodies, page: number, heat: number) {
  const { x, y, vx, vy } = bodies;
  const [px, py] = [x[page]!, y[page]!];
  const stack: number[] = [0];
  const widths: number[] = [size];
  const away = (ox: number, oy: number, weight: number): void => {
    const dx = px - ox || 0.01 * ((page % 7) - 3.5);
    const dy = py - oy || 0.01 * ((page % 5) - 2.5);
    const square = dx * dx + dy * dy;
    if (square > REACH * REACH) return;
    const force = (STRENGTH * weight * heat) / Math.max(square, 60);
    vx[page]! += dx * force;
    vy[page]! += dy * force;
  };
  while (stack.length > 0) {
    const cell = stack.pop()!;
    const width = widths.pop()!;
    const far = (cx[cell]! - px) ** 2 + (cy[cell]! - py) ** 2;
    if (width * width < THETA * THETA * far) {
      away(cx[cell]!, cy[cell]!, mass[cell]!);
      continue;
    }
    for (let slot = 4 * cell; slot < 4 * cell + 4; slot += 1) {
      const child = children[slot]!;
      if (child > 0) {
        stack.push(child);
        widths.push(width / 2);
      } else if (child < 0 && -1 - child !== page) away(x[-1 - child]!, y[-1 - child]!, 1);
    }
  }
}
