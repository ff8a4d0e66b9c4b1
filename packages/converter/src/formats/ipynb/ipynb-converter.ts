/** Jupyter notebooks (nbformat 3 and 4): texts as they are, code in fences, outputs with their pictures. */
import type { Converter } from '../../converter.ts';
import type { DocumentMetadata } from '../../document.ts';
import { ConversionError } from '../../error.ts';
import { ImageStore } from '../../images/image-store.ts';
import { makeDocument } from '../../make-document.ts';
import { pause } from '../../pause.ts';
import { readTextSource } from '../../text/read-text-source.ts';
import { cellToMarkdown, type CellContext } from './cell.ts';
import { isRecord, type JsonRecord } from './json-record.ts';

const NOTEBOOK = /"nbformat"\s*:\s*\d/;

export const ipynbConverter: Converter = {
  name: 'ipynb',
  extensions: ['.ipynb'],
  accepts: ({ kind, extension, source }) =>
    kind === 'text' &&
    (extension === '.ipynb' || (extension === '.json' && saysNotebook(source.bytes))),
  async convert(source, { limits, signal }) {
    const { text, messages } = await readTextSource(source);
    await pause(signal);
    const notebook = parsed(text);
    const cells = notebook && cellsOf(notebook);
    if (notebook === undefined || cells === undefined)
      throw new ConversionError(
        'damaged',
        `"${source.name}" is a damaged notebook: it is no JSON with cells.`,
      );
    const metadata = isRecord(notebook['metadata']) ? notebook['metadata'] : {};
    const store = new ImageStore(limits);
    const context: CellContext = { source, store, language: languageOf(metadata) };
    const pieces: string[] = [];
    for (const cell of cells) {
      // cells are read one after the other, for the names of their pictures
      // oxlint-disable-next-line no-await-in-loop
      pieces.push(await cellToMarkdown(cell, context));
      signal?.throwIfAborted();
    }
    return makeDocument({
      format: 'ipynb',
      name: source.name,
      markdown: pieces.filter((piece) => piece !== '').join('\n'),
      title: typeof metadata['title'] === 'string' ? metadata['title'] : undefined,
      metadata: documentMetadata(metadata),
      store,
      messages,
    });
  },
};

function saysNotebook(bytes: Uint8Array): boolean {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // it stands at the end, and at the head when a program sorts by name
  const ends =
    data.toString('latin1', 0, 2048) + data.toString('latin1', Math.max(0, data.length - 2048));
  return NOTEBOOK.test(ends) && data.includes('"cells"');
}

function parsed(text: string): JsonRecord | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Notebooks of the third version hold their cells in worksheets. */
function cellsOf(notebook: JsonRecord): JsonRecord[] | undefined {
  const { cells, worksheets } = notebook;
  if (Array.isArray(cells)) return cells.filter((cell) => isRecord(cell));
  if (!Array.isArray(worksheets)) return undefined;
  return worksheets.flatMap((sheet) => (isRecord(sheet) ? (cellsOf(sheet) ?? []) : []));
}

function languageOf(metadata: JsonRecord): string {
  const { language_info: info, kernelspec } = metadata;
  const name = isRecord(info)
    ? info['name']
    : isRecord(kernelspec)
      ? kernelspec['language']
      : undefined;
  return typeof name === 'string' && /^[\w+#-]{1,30}$/.test(name) ? name.toLowerCase() : 'python';
}

function documentMetadata({ authors }: JsonRecord): DocumentMetadata {
  const names = (Array.isArray(authors) ? authors : []).flatMap((author) => {
    const name: unknown = isRecord(author) ? author['name'] : author;
    return typeof name === 'string' && /\S/.test(name) ? [name.trim()] : [];
  });
  return names.length > 0 ? { authors: names } : {};
}
