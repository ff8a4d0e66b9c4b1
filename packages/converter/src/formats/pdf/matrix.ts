import type { Pdfium } from './engine.ts';
import type { Box } from './model.ts';

/** `[a b c d e f]` of PDF: x' = a x + c y + e, y' = b x + d y + f. */
export type Matrix = readonly [number, number, number, number, number, number];

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** The matrix of a page object; `scratch` has room for 24 bytes. */
export function readMatrix(pdfium: Pdfium, object: number, scratch: number): Matrix {
  if (pdfium.calls.FPDFPageObj_GetMatrix(object, scratch) === 0) return IDENTITY;
  const view = pdfium.view();
  return [0, 4, 8, 12, 16, 20].map((at) =>
    view.getFloat32(scratch + at, true),
  ) as unknown as Matrix;
}

/** First `inner`, then `outer`. */
export function multiply(inner: Matrix, outer: Matrix): Matrix {
  const [a, b, c, d, e, f] = inner;
  const [A, B, C, D, E, F] = outer;
  return [
    a * A + b * C,
    a * B + b * D,
    c * A + d * C,
    c * B + d * D,
    e * A + f * C + E,
    e * B + f * D + F,
  ];
}

/** The box around a box's corners after the matrix. */
export function apply(matrix: Matrix, box: Box): Box {
  const [a, b, c, d, e, f] = matrix;
  const corners = [
    [box.x0, box.y0],
    [box.x0, box.y1],
    [box.x1, box.y0],
    [box.x1, box.y1],
  ] as const;
  const xs = corners.map(([x, y]) => a * x + c * y + e);
  const ys = corners.map(([x, y]) => b * x + d * y + f);
  return { x0: Math.min(...xs), y0: Math.min(...ys), x1: Math.max(...xs), y1: Math.max(...ys) };
}
