import { loadPdfium, type Pdfium, type PdfiumOptions } from './engine.ts';

/** WebAssembly memory never shrinks: an instance that grew beyond this is left to the collector. */
const MAXIMUM_MEMORY = 256 * 2 ** 20;

/** One PDFium for many conversions; a new one after a crash, or when a document has made it large. */
export class SharedPdfium {
  readonly #options: PdfiumOptions;
  #instance: Promise<Pdfium> | undefined;

  constructor(options: PdfiumOptions) {
    this.#options = options;
  }

  async use<T>(work: (pdfium: Pdfium) => Promise<T>): Promise<T> {
    this.#instance ??= loadPdfium(this.#options);
    const instance = this.#instance;
    try {
      const pdfium = await instance;
      const result = await work(pdfium);
      if (pdfium.bytes().length > MAXIMUM_MEMORY) this.#drop(instance);
      return result;
    } catch (error) {
      // a trap leaves the instance in an unknown state; a failed load can be tried again
      if (!(error instanceof Error) || error.name !== 'ConversionError') this.#drop(instance);
      throw error;
    }
  }

  #drop(instance: Promise<Pdfium>): void {
    if (this.#instance === instance) this.#instance = undefined;
  }
}
