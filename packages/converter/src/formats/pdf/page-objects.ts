import type { Pdfium } from './engine.ts';
import { IDENTITY, multiply, readMatrix, type Matrix } from './matrix.ts';
import { withMemory } from './memory.ts';

export const PATH_OBJECT = 2;
export const IMAGE_OBJECT = 3;
const FORM_OBJECT = 5;
const MAXIMUM_DEPTH = 12;
const MAXIMUM_OBJECTS = 200_000;

export interface PageObject {
  readonly object: number;
  readonly type: number;
  /** From the object's form to the page. */
  readonly matrix: Matrix;
}

/** Visits the objects of a page, those inside of forms too, in the order of drawing. */
export function visitObjects(
  pdfium: Pdfium,
  page: number,
  visit: (object: PageObject) => void,
): void {
  const { calls } = pdfium;
  let visited = 0;
  withMemory(pdfium, 24, (scratch) => {
    walk(page, IDENTITY, 0);

    function walk(parent: number, matrix: Matrix, depth: number): void {
      const ofForm = depth > 0;
      const count = ofForm
        ? calls.FPDFFormObj_CountObjects(parent)
        : calls.FPDFPage_CountObjects(parent);
      for (let index = 0; index < count && visited < MAXIMUM_OBJECTS; index += 1) {
        visited += 1;
        const object = ofForm
          ? calls.FPDFFormObj_GetObject(parent, index)
          : calls.FPDFPage_GetObject(parent, index);
        const type = object === 0 ? 0 : calls.FPDFPageObj_GetType(object);
        if (type === FORM_OBJECT && depth < MAXIMUM_DEPTH)
          walk(object, multiply(readMatrix(pdfium, object, scratch), matrix), depth + 1);
        else if (type !== 0) visit({ object, type, matrix });
      }
    }
  });
}
