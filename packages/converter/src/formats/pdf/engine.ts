/**
 * PDFium in WebAssembly: one instance is shared by the conversions of a converter.
 *
 * Only raw exports are used: numbers in, numbers out. Pointers live in the instance's memory, whose
 * views change when it grows, so `bytes()` and `view()` are read anew for each access.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import { SetupError } from '../../setup-error.ts';
import { limitMemory } from './memory-limit.ts';

type Call = (...args: number[]) => number;

const FUNCTIONS = [
  'malloc',
  'free',
  'FPDF_LoadMemDocument',
  'FPDF_CloseDocument',
  'FPDF_GetLastError',
  'FPDF_GetPageCount',
  'FPDF_LoadPage',
  'FPDF_ClosePage',
  'FPDF_GetPageBoundingBox',
  'FPDF_GetPageLabel',
  'FPDF_GetMetaText',
  'FPDFCatalog_GetLanguage',
  'FPDFText_LoadPage',
  'FPDFText_ClosePage',
  'FPDFText_CountChars',
  'FPDFText_GetUnicode',
  'FPDFText_GetTextObject',
  'FPDFText_GetFontSize',
  'FPDFText_GetFontInfo',
  'FPDFText_GetFontWeight',
  'FPDFText_GetMatrix',
  'FPDFText_GetCharOrigin',
  'FPDFText_GetLooseCharBox',
  'FPDFPage_CountObjects',
  'FPDFPage_GetObject',
  'FPDFFormObj_CountObjects',
  'FPDFFormObj_GetObject',
  'FPDFPageObj_GetType',
  'FPDFPageObj_GetBounds',
  'FPDFPageObj_GetMatrix',
  'FPDFPath_CountSegments',
  'FPDFPath_GetPathSegment',
  'FPDFPath_GetDrawMode',
  'FPDFPathSegment_GetPoint',
  'FPDFPathSegment_GetType',
  'FPDFPathSegment_GetClose',
  'FPDFImageObj_GetImagePixelSize',
  'FPDFImageObj_GetImageFilterCount',
  'FPDFImageObj_GetImageFilter',
  'FPDFImageObj_GetImageDataRaw',
  'FPDFImageObj_GetBitmap',
  'FPDFImageObj_GetRenderedBitmap',
  'FPDFImageObj_SetMatrix',
  'FPDFBitmap_GetFormat',
  'FPDFBitmap_GetWidth',
  'FPDFBitmap_GetHeight',
  'FPDFBitmap_GetStride',
  'FPDFBitmap_GetBuffer',
  'FPDFBitmap_Destroy',
  'FPDFBookmark_GetFirstChild',
  'FPDFBookmark_GetNextSibling',
  'FPDFBookmark_GetTitle',
  'FPDFBookmark_GetDest',
  'FPDFBookmark_GetAction',
  'FPDFAction_GetDest',
  'FPDFDest_GetDestPageIndex',
  'FPDFDest_GetLocationInPage',
  'FPDF_GetPageSizeByIndexF',
] as const;

export type PdfiumCalls = Readonly<Record<(typeof FUNCTIONS)[number], Call>>;

export interface Pdfium {
  readonly calls: PdfiumCalls;
  /** The instance's memory, for the next access only. */
  bytes(): Uint8Array;
  view(): DataView;
}

/** Where PDFium's program is: a path, its bytes, or by default the file of `@embedpdf/pdfium`. */
export type PdfiumWasm = string | Uint8Array;

export interface PdfiumOptions {
  /** PDFium's `pdfium.wasm`: its path or its bytes. Default: the file of the package `@embedpdf/pdfium`. */
  readonly pdfiumWasm?: PdfiumWasm;
  /** Bytes of memory that PDFium takes at most. Default 1 GiB; over 2 GiB is the same as 2 GiB. */
  readonly pdfiumMemory?: number;
}

const MEMORY = 2 ** 30;

/** Throws a `SetupError` when the program is not there or is another one. */
export async function loadPdfium(options: PdfiumOptions): Promise<Pdfium> {
  const { init } = await import('@embedpdf/pdfium');
  const wasmBinary = await readProgram(options.pdfiumWasm);
  limitMemory(new Uint8Array(wasmBinary), options.pdfiumMemory ?? MEMORY);
  const library = await init({ wasmBinary });
  library.PDFiumExt_Init();
  // the memory's view is a property of every Emscripten module, which the package's types leave out
  const pdfium = library.pdfium as typeof library.pdfium & { readonly HEAPU8: Uint8Array };
  const exports = pdfium.wasmExports as unknown as PdfiumCalls;
  for (const name of FUNCTIONS)
    if (typeof exports[name] !== 'function')
      throw new SetupError(`PDFium lacks the function "${name}".`);
  return {
    calls: exports,
    bytes: () => pdfium.HEAPU8,
    view: () => new DataView(pdfium.HEAPU8.buffer),
  };
}

/** A copy of exactly the file's bytes: a pooled buffer shares its memory with others. */
async function readProgram(wasm: PdfiumWasm | undefined): Promise<ArrayBuffer> {
  if (wasm instanceof Uint8Array) return new Uint8Array(wasm).buffer;
  try {
    return new Uint8Array(await readFile(wasm ?? packagedWasm())).buffer;
  } catch (error) {
    const where = wasm === undefined ? 'the package "@embedpdf/pdfium"' : `"${wasm}"`;
    throw new SetupError(`PDFium cannot be loaded from ${where}.`, { cause: error });
  }
}

function packagedWasm(): string {
  return createRequire(import.meta.url).resolve('@embedpdf/pdfium/pdfium.wasm');
}
