import { createHash } from 'node:crypto';

import { MINIMUM_PIXELS, type ImageStore } from '../../images/image-store.ts';
import { decode, renderMasked } from './decode-image.ts';
import type { Pdfium } from './engine.ts';
import { mayBeMasked, type MaskedSizes } from './masked-sizes.ts';
import { apply } from './matrix.ts';
import { readBytes, withMemory } from './memory.ts';
import type { Box } from './model.ts';
import type { PageObject } from './page-objects.ts';
import type { PdfFile } from './pdf-file.ts';

/** A picture on a page, not yet decoded. */
export interface ImageObject {
  readonly object: number;
  /** Handle of the page that it is drawn on. */
  readonly on: number;
  /** On the page, in its unturned coordinates. */
  readonly box: Box;
  readonly width: number;
  readonly height: number;
}

/** The picture that a page object is. */
export function describeImage(
  pdfium: Pdfium,
  page: number,
  { object, matrix }: Pick<PageObject, 'object' | 'matrix'>,
): ImageObject {
  const { calls } = pdfium;
  return withMemory(pdfium, 16, (scratch) => {
    calls.FPDFPageObj_GetBounds(object, scratch, scratch + 4, scratch + 8, scratch + 12);
    const view = pdfium.view();
    const at = (offset: number): number => view.getFloat32(scratch + offset, true);
    const box = apply(matrix, { x0: at(0), y0: at(4), x1: at(8), y1: at(12) });
    calls.FPDFImageObj_GetImagePixelSize(object, scratch, scratch + 4);
    const sizes = pdfium.view();
    return {
      object,
      on: page,
      box,
      width: sizes.getUint32(scratch, true),
      height: sizes.getUint32(scratch + 4, true),
    };
  });
}

/** Puts the pictures of a document into the store; what is drawn on many pages is decoded once. */
export class ImageReader {
  readonly #file: PdfFile;
  readonly #masked: MaskedSizes;
  readonly #pdfium: Pdfium;
  readonly #store: ImageStore;
  readonly #maximumPixels: number;
  readonly #known = new Map<string, string | undefined>();

  constructor(
    file: PdfFile,
    store: ImageStore,
    { masked, maximumPixels }: { masked: MaskedSizes; maximumPixels: number },
  ) {
    this.#file = file;
    this.#masked = masked;
    this.#pdfium = file.pdfium;
    this.#store = store;
    this.#maximumPixels = maximumPixels;
  }

  /** The picture's name; `undefined` when it is left out. `index` counts the pictures of the page. */
  read(image: ImageObject, page: number, index: number): string | undefined {
    if (Math.min(image.width, image.height) < MINIMUM_PIXELS) return this.#store.skip('tiny');
    if (image.width * image.height > this.#maximumPixels) return this.#store.skip('limit');
    const raw = rawData(this.#pdfium, image.object);
    const filters = filtersOf(this.#pdfium, image.object);
    const hash = createHash('sha256').update(raw).digest('hex');
    const key = `${image.width}x${image.height} ${filters.join(' ')} ${hash}`;
    if (raw.length > 0 && this.#known.has(key)) return this.#known.get(key);
    const isJpeg = filters.length === 1 && filters[0] === 'DCTDecode' && raw[0] === 0xff;
    const masked = mayBeMasked(this.#masked, image.width, image.height)
      ? renderMasked(this.#file, image)
      : undefined;
    const bytes = masked ?? (isJpeg ? raw : decode(this.#file, image));
    const name =
      bytes === undefined
        ? this.#store.skip('unknown')
        : this.#store.add(bytes, { suggestion: `p${page}_img${index}`, page });
    this.#known.set(key, name);
    return name;
  }
}

const MAXIMUM_RAW_BYTES = 2 ** 30;

function rawData(pdfium: Pdfium, object: number): Uint8Array {
  return readBytes(
    pdfium,
    (buffer, size) => pdfium.calls.FPDFImageObj_GetImageDataRaw(object, buffer, size),
    MAXIMUM_RAW_BYTES,
  );
}

function filtersOf(pdfium: Pdfium, object: number): string[] {
  const { calls } = pdfium;
  const count = Math.max(0, calls.FPDFImageObj_GetImageFilterCount(object));
  return Array.from({ length: Math.min(count, 8) }, (_, index) => {
    const name = readBytes(
      pdfium,
      (buffer, size) => calls.FPDFImageObj_GetImageFilter(object, index, buffer, size),
      64,
    );
    return Buffer.from(name).toString('latin1').replace(/\0.*$/s, '');
  });
}
