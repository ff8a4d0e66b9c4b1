/** Rules of a page to grids: rules that cross each other, directly or over others, are one grid. */
import type { Box } from '../../model.ts';

/** Rules within so many points of each other are one, and ends within so many points meet. */
const TOLERANCE = 3;
/** More rules are a chart or a drawing, and looking for crossings takes their number squared. */
const MAXIMUM_RULES = 400;

export interface Grid {
  /** Edges of the columns, from left to right. */
  readonly xs: readonly number[];
  /** Edges of the rows, from the top down. */
  readonly ys: readonly number[];
  /** Whether a rule parts the cell from the next one to its right, and from the next one below. */
  parts(row: number, column: number, side: 'right' | 'below'): boolean;
}

export function gridsOf(rules: readonly Box[]): Grid[] {
  const across = merged(rules.filter(({ y0, y1 }) => y0 === y1).map(flip)).map(flip);
  const down = merged(rules.filter(({ x0, x1 }) => x0 === x1));
  if (across.length > MAXIMUM_RULES || down.length > MAXIMUM_RULES) return [];
  return components(across, down).flatMap((component) => {
    const grid = gridOf(component.across, component.down);
    return grid === undefined ? [] : [grid];
  });
}

function flip({ x0, x1, y0, y1 }: Box): Box {
  return { x0: y0, x1: y1, y0: x0, y1: x1 };
}

/** Vertical rules of one x whose ends meet, joined. */
function merged(rules: readonly Box[]): Box[] {
  const result: Box[] = [];
  for (const rule of rules.toSorted((a, b) => a.x0 - b.x0 || a.y0 - b.y0)) {
    const at = result.findLastIndex(
      (other) => rule.x0 - other.x0 <= TOLERANCE / 2 && meets(other, rule),
    );
    const other = result[at];
    if (other === undefined) result.push(rule);
    else
      result[at] = { ...other, y0: Math.min(other.y0, rule.y0), y1: Math.max(other.y1, rule.y1) };
    if (result.length > 2 * MAXIMUM_RULES) return result;
  }
  return result;
}

function meets(a: Box, b: Box): boolean {
  return a.y0 <= b.y1 + TOLERANCE && b.y0 <= a.y1 + TOLERANCE;
}

interface Component {
  readonly across: Box[];
  readonly down: Box[];
}

function components(across: readonly Box[], down: readonly Box[]): Component[] {
  const left = new Set(across);
  const waiting = new Set(down);
  const result: Component[] = [];
  for (const start of down) {
    if (!waiting.delete(start)) continue;
    const component: Component = { across: [], down: [start] };
    for (const rule of component.down)
      for (const other of left) {
        if (!cross(other, rule)) continue;
        left.delete(other);
        component.across.push(other);
        for (const next of waiting)
          if (cross(other, next) && waiting.delete(next)) component.down.push(next);
      }
    result.push(component);
  }
  return result;
}

function cross(across: Box, down: Box): boolean {
  return (
    down.x0 >= across.x0 - TOLERANCE &&
    down.x0 <= across.x1 + TOLERANCE &&
    across.y0 >= down.y0 - TOLERANCE &&
    across.y0 <= down.y1 + TOLERANCE
  );
}

/** A table may be open at its sides: there its longest rules end. */
function gridOf(across: readonly Box[], down: readonly Box[]): Grid | undefined {
  if (across.length < 2) return undefined;
  const xs = distinct([
    ...down.map(({ x0 }) => x0),
    Math.min(...across.map(({ x0 }) => x0)),
    Math.max(...across.map(({ x1 }) => x1)),
  ]);
  const ys = distinct([
    ...across.map(({ y0 }) => y0),
    Math.min(...down.map(({ y0 }) => y0)),
    Math.max(...down.map(({ y1 }) => y1)),
  ]).toReversed();
  if (xs.length < 3 || ys.length < 2) return undefined;
  return {
    xs,
    ys,
    parts(row, column, side) {
      if (side === 'right') {
        const [x, y] = [xs[column + 1] ?? 0, middle(ys, row)];
        return down.some((rule) => near(rule.x0, x) && rule.y0 <= y && rule.y1 >= y);
      }
      const [x, y] = [middle(xs, column), ys[row + 1] ?? 0];
      return across.some((rule) => near(rule.y0, y) && rule.x0 <= x && rule.x1 >= x);
    },
  };
}

/** Half way from an edge to the next one. */
function middle(edges: readonly number[], at: number): number {
  return ((edges[at] ?? 0) + (edges[at + 1] ?? 0)) / 2;
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= TOLERANCE;
}

/** The values in order, those near each other as one. */
function distinct(values: readonly number[]): number[] {
  const result: number[] = [];
  for (const value of values.toSorted((a, b) => a - b)) {
    const last = result.at(-1);
    if (last === undefined || value - last > TOLERANCE) result.push(value);
  }
  return result;
}
