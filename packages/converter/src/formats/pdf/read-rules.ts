/** The straight lines that a page draws: borders of tables, among others. */
import type { Pdfium } from './engine.ts';
import { multiply, readMatrix, type Matrix } from './matrix.ts';
import { withMemory } from './memory.ts';
import type { Box } from './model.ts';
import { PATH_OBJECT, type PageObject } from './page-objects.ts';

/** A filled shape up to so many points across is a line. */
const THIN = 2.6;
/** Shorter lines are parts of drawings. */
const MINIMUM_LENGTH = 5;
/** A page with more pieces of paths is a drawing or a map. */
const MAXIMUM_PIECES = 12_000;
/** A line of more points is a curve. */
const MAXIMUM_POINTS = 64;
const MOVE = 2;
const LINE = 0;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Collects the rules of one page. A box without height is a horizontal rule, one without width a vertical one. */
export class RuleReader {
  readonly #pdfium: Pdfium;
  readonly #rules: Box[] = [];
  #pieces = 0;

  constructor(pdfium: Pdfium) {
    this.#pdfium = pdfium;
  }

  /** None for a page that is a drawing. */
  get rules(): readonly Box[] {
    return this.#pieces > MAXIMUM_PIECES ? [] : this.#rules;
  }

  read({ object, type, matrix }: PageObject): void {
    if (type !== PATH_OBJECT || this.#pieces > MAXIMUM_PIECES) return;
    const { calls } = this.#pdfium;
    const count = calls.FPDFPath_CountSegments(object);
    this.#pieces += Math.max(1, count);
    if (count < 2 || this.#pieces > MAXIMUM_PIECES) return;
    withMemory(this.#pdfium, 32, (scratch) => {
      calls.FPDFPath_GetDrawMode(object, scratch, scratch + 4);
      const view = this.#pdfium.view();
      const [filled, stroked] = [view.getInt32(scratch, true), view.getInt32(scratch + 4, true)];
      if (filled === 0 && stroked === 0) return;
      const toPage = multiply(readMatrix(this.#pdfium, object, scratch), matrix);
      for (const points of this.#outlines(object, count, { toPage, scratch }))
        this.#rules.push(...rulesOf(points, stroked !== 0));
    });
  }

  /** The path's parts that are made of straight lines alone. */
  #outlines(
    object: number,
    count: number,
    { toPage, scratch }: { toPage: Matrix; scratch: number },
  ): Point[][] {
    const { calls } = this.#pdfium;
    const [a, b, c, d, e, f] = toPage;
    const outlines: Point[][] = [];
    let curved = false;
    for (let index = 0; index < count; index += 1) {
      const segment = calls.FPDFPath_GetPathSegment(object, index);
      const type = calls.FPDFPathSegment_GetType(segment);
      if (type === MOVE) {
        if (curved) outlines.pop();
        curved = false;
        outlines.push([]);
      } else if (type !== LINE) curved = true;
      calls.FPDFPathSegment_GetPoint(segment, scratch, scratch + 4);
      const view = this.#pdfium.view();
      const [x, y] = [view.getFloat32(scratch, true), view.getFloat32(scratch + 4, true)];
      const outline = outlines.at(-1);
      outline?.push({ x: a * x + c * y + e, y: b * x + d * y + f });
      const [first] = outline ?? [];
      if (first && calls.FPDFPathSegment_GetClose(segment) !== 0) outline?.push(first);
    }
    if (curved) outlines.pop();
    return outlines;
  }
}

function rulesOf(points: readonly Point[], stroked: boolean): Box[] {
  if (points.length < 2 || points.length > MAXIMUM_POINTS) return [];
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const box = {
    x0: Math.min(...xs),
    x1: Math.max(...xs),
    y0: Math.min(...ys),
    y1: Math.max(...ys),
  };
  const thin = ruleOf(box);
  if (thin !== undefined) return [thin];
  if (!stroked) return [];
  return points.slice(1).flatMap((to, index) => {
    const from = points[index] as Point;
    const rule = ruleOf({
      x0: Math.min(from.x, to.x),
      x1: Math.max(from.x, to.x),
      y0: Math.min(from.y, to.y),
      y1: Math.max(from.y, to.y),
    });
    return rule === undefined ? [] : [rule];
  });
}

/** The middle line of a shape that is a line. */
function ruleOf({ x0, x1, y0, y1 }: Box): Box | undefined {
  const [width, height] = [x1 - x0, y1 - y0];
  if (height <= THIN && width >= MINIMUM_LENGTH && width > 2 * height)
    return { x0, x1, y0: (y0 + y1) / 2, y1: (y0 + y1) / 2 };
  if (width <= THIN && height >= MINIMUM_LENGTH && height > 2 * width)
    return { x0: (x0 + x1) / 2, x1: (x0 + x1) / 2, y0, y1 };
  return undefined;
}
