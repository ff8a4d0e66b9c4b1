/** One way of reading a PDF, in a process of its own: prints its milliseconds and the peak of its memory as JSON. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [way, path] = process.argv.slice(2);
const bytes = readFileSync(path);
const name = 'bench.pdf';

const ways = {
  // what PDFium takes for the text alone, without places, fonts, pictures and layout
  async floor() {
    const { init } = await import('@embedpdf/pdfium');
    const wasm = createRequire(import.meta.url).resolve('@embedpdf/pdfium/pdfium.wasm');
    const library = await init({ wasmBinary: new Uint8Array(readFileSync(wasm)).buffer });
    library.PDFiumExt_Init();
    const { pdfium } = library;
    const calls = pdfium.wasmExports;
    const start = performance.now();
    const data = calls.malloc(bytes.length);
    pdfium.HEAPU8.set(bytes, data);
    const file = calls.FPDF_LoadMemDocument(data, bytes.length, 0);
    const pages = calls.FPDF_GetPageCount(file);
    let characters = 0;
    for (let index = 0; index < pages; index += 1) {
      const page = calls.FPDF_LoadPage(file, index);
      const text = calls.FPDFText_LoadPage(page);
      const count = calls.FPDFText_CountChars(text);
      const buffer = calls.malloc(2 * (count + 1));
      if (count > 0) calls.FPDFText_GetText(text, 0, count, buffer);
      characters += Buffer.from(pdfium.HEAPU8.slice(buffer, buffer + 2 * count)).toString(
        'utf16le',
      ).length;
      calls.free(buffer);
      calls.FPDFText_ClosePage(text);
      calls.FPDF_ClosePage(page);
    }
    return { time: performance.now() - start, pages, characters };
  },
  async convert() {
    const { convert } = await import('../../dist/index.js');
    await convert({ name: 'warm.md', bytes: Buffer.from('warm') });
    return timed((source) => convert(source));
  },
  async thread() {
    const { createConversionWorker } = await import('../../dist/index.js');
    const worker = createConversionWorker();
    return timed((source) => worker.convert(source));
  },
};

async function timed(convert) {
  const start = performance.now();
  const { pages, markdown } = await convert({ name, bytes });
  return { time: performance.now() - start, pages: pages.length, characters: markdown.length };
}

const result = await ways[way]();
console.log(JSON.stringify({ ...result, peak: process.resourceUsage().maxRSS * 1024 }));
