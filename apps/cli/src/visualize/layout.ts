/**
 * Where the pages of a graph lie: a force layout that is worked out once, here, so that the page opens at once and
 * looks the same every time. Pages push one another away, links pull, and everything is drawn to the middle;
 * far-away pages push as one (Barnes and Hut, Nature 324, 1986), which makes a step n log n. Links pull less where
 * both pages have many, as in d3-force.
 */
import { pushAll } from './push.ts';

export interface Layout {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Length of a link at rest. */
const LENGTH = 46;
const GRAVITY = 0.035;
const DRAG = 0.6;
/** Steps times pages that one layout may take, and between how many steps that is. */
const EFFORT = 700_000;
const [FEWEST, MOST] = [30, 320];

/** @param edges pairs of numbers of pages, one after the other */
export function layOut(count: number, edges: readonly number[]): Layout {
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  const degree = degrees(count, edges);
  placeBySpiral({ x, y }, startOrder(count, edges, degree));
  const [vx, vy] = [new Float64Array(count), new Float64Array(count)];
  const steps = Math.min(MOST, Math.max(FEWEST, Math.round(EFFORT / Math.max(1, count))));
  for (let step = 0; step < steps; step += 1) {
    const heat = (1 - step / steps) ** 1.4;
    pushAll({ x, y, vx, vy }, heat);
    for (let e = 0; e < edges.length; e += 2) pull(edges[e] ?? 0, edges[e + 1] ?? 0);
    for (let i = 0; i < count; i += 1) {
      vx[i] = (vx[i]! - x[i]! * GRAVITY * heat) * DRAG;
      vy[i] = (vy[i]! - y[i]! * GRAVITY * heat) * DRAG;
      x[i]! += vx[i]!;
      y[i]! += vy[i]!;
    }
    function pull(a: number, b: number): void {
      const dx = x[b]! + vx[b]! - x[a]! - vx[a]! || 0.01;
      const dy = y[b]! + vy[b]! - y[a]! - vy[a]! || 0.01;
      const distance = Math.sqrt(dx * dx + dy * dy);
      const [da, db] = [degree[a]!, degree[b]!];
      const force = (((distance - LENGTH) / distance) * heat) / Math.min(da, db);
      const share = da / (da + db);
      vx[b]! -= dx * force * share;
      vy[b]! -= dy * force * share;
      vx[a]! += dx * force * (1 - share);
      vy[a]! += dy * force * (1 - share);
    }
  }
  return { x, y };
}

function degrees(count: number, edges: readonly number[]): Uint32Array {
  const degree = new Uint32Array(count);
  for (const page of edges) degree[page]! += 1;
  return degree;
}

/** Pages with those that they link near them: breadth first, from the page with most links of each part. */
function startOrder(count: number, edges: readonly number[], degree: Uint32Array): number[] {
  const near: number[][] = Array.from({ length: count }, () => []);
  for (let e = 0; e < edges.length; e += 2) {
    near[edges[e]!]!.push(edges[e + 1]!);
    near[edges[e + 1]!]!.push(edges[e]!);
  }
  const starts = Array.from({ length: count }, (_, i) => i).toSorted(
    (a, b) => degree[b]! - degree[a]! || a - b,
  );
  const seen = new Uint8Array(count);
  const order: number[] = [];
  const visit = (page: number): void => {
    if (seen[page] === 1) return;
    seen[page] = 1;
    order.push(page);
  };
  for (const start of starts) {
    let next = order.length;
    visit(start);
    for (; next < order.length; next += 1) for (const page of near[order[next]!]!) visit(page);
  }
  return order;
}

/** Vogel's spiral: an even disc, without two pages in one place. */
function placeBySpiral({ x, y }: Layout, order: readonly number[]): void {
  const turn = Math.PI * (3 - Math.sqrt(5));
  for (const [k, page] of order.entries()) {
    const radius = 22 * Math.sqrt(k + 0.5);
    x[page] = radius * Math.cos(k * turn);
    y[page] = radius * Math.sin(k * turn);
  }
}
