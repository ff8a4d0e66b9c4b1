/** EPUB to Markdown: the chapters in reading order as one page, so that links and notes lead from one to another. */
import type { Root } from 'hast';

import type { ConversionContext, Converter } from '../../converter.ts';
import type { ConvertedDocument, Source } from '../../document.ts';
import { ConversionError } from '../../error.ts';
import { treeToMarkdown } from '../../html-to-markdown/html-to-markdown.ts';
import { plainText } from '../../html-to-markdown/plain-text.ts';
import { loadTrees } from '../../html-to-markdown/trees.ts';
import { ImageStore } from '../../images/image-store.ts';
import { IMAGE_SCHEME } from '../../link-images.ts';
import { makeDocument } from '../../make-document.ts';
import { readable } from '../../ooxml/readable.ts';
import { pause } from '../../pause.ts';
import { decodeText } from '../../text/charset.ts';
import { loadReadElements } from '../../xml/read-xml.ts';
import { readZip } from '../../zip/read-zip.ts';
import { declaredCharset } from '../html/declared-charset.ts';
import { refuseTooLarge } from '../html/html-converter.ts';
import { asHtml, chapterContent } from './chapter.ts';
import { readContents } from './contents.ts';
import { readEpubPackage, type EpubPackage } from './epub-package.ts';
import { refuseProtected } from './refuse-protected.ts';

export const epubConverter: Converter = {
  name: 'epub',
  extensions: ['.epub'],
  accepts: ({ kind }) => kind === 'epub',
  async convert(source, context) {
    const { name } = source;
    const { limits, signal } = context;
    const files = await readZip(source.bytes, { name, limits, signal });
    await pause(signal);
    const readElements = await loadReadElements();
    return readable(name, 'book', async () => {
      const book = readEpubPackage(files, readElements);
      if (book === undefined || book.chapters.length === 0)
        throw new ConversionError('damaged', `"${name}" is a damaged book: it has no chapters.`);
      refuseProtected(name, files, book.chapters);
      return convertBook(source, context, { files, book });
    });
  },
};

interface Opened {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly book: EpubPackage;
}

async function convertBook(
  { name }: Source,
  { limits, signal, onProgress }: ConversionContext,
  { files, book }: Opened,
): Promise<ConvertedDocument> {
  const size = book.chapters.reduce((sum, path) => sum + (files.get(path)?.length ?? 0), 0);
  refuseTooLarge(name, size, limits);
  const trees = await loadTrees();
  const read = async (path: string): Promise<string> => {
    const bytes = files.get(path) ?? new Uint8Array();
    return asHtml((await decodeText(bytes, declaredCharset(bytes))).text);
  };
  const names =
    book.contents === undefined
      ? new Map<string, string>()
      : readContents(trees.parseHtml(await read(book.contents)), book.contents);
  const chapters = new Set(book.chapters);
  const pages: string[] = [];
  const tree: Root = { type: 'root', children: [] };
  for (const path of book.chapters) {
    // chapters are read one after the other, for the memory
    // oxlint-disable-next-line no-await-in-loop
    const html = await read(path);
    pages.push(html);
    const options = { path, chapters, name: names.get(path) };
    for (const part of chapterContent(trees.parseHtml(html), options)) tree.children.push(part);
    onProgress?.(pages.length, book.chapters.length);
    // oxlint-disable-next-line no-await-in-loop
    await pause(signal);
  }
  const store = new ImageStore(limits);
  const { markdown, flattened } = await bookToMarkdown(tree, pages, { files, store });
  return makeDocument({
    format: 'epub',
    name,
    markdown,
    title: book.title,
    metadata: book.metadata,
    store,
    messages: flattened ? [FLATTENED] : [],
  });
}

async function bookToMarkdown(
  tree: Root,
  pages: readonly string[],
  { files, store }: { readonly files: ReadonlyMap<string, Uint8Array>; readonly store: ImageStore },
): Promise<{ markdown: string; flattened: boolean }> {
  try {
    const markdown = await treeToMarkdown(tree, {
      resolveImage(src) {
        const bytes = files.get(src);
        // a picture on the web stays a link
        if (bytes === undefined) return /^https?:/i.test(src) ? undefined : null;
        const image = store.add(bytes, { suggestion: src });
        return image === undefined ? null : IMAGE_SCHEME + image;
      },
    });
    return { markdown, flattened: false };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { markdown: pages.map((page) => plainText(page)).join('\n'), flattened: true };
  }
}

const FLATTENED = {
  level: 'warning',
  code: 'structure-lost',
  text: 'The book is nested too deeply to keep its structure: its text alone was taken.',
} as const;
