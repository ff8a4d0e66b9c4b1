import type { ConversionContext, Converter } from '../../converter.ts';
import type { ConvertedDocument, OutlineEntry, Source } from '../../document.ts';
import { ConversionError } from '../../error.ts';
import { ImageStore } from '../../images/image-store.ts';
import { pause } from '../../pause.ts';
import { titleFromName } from '../../text/title-from-name.ts';
import type { Pdfium, PdfiumOptions } from './engine.ts';
import { joinPages } from './join-pages.ts';
import { layOut, type PageLayout } from './layout/lay-out.ts';
import { renderBlocks } from './layout/render.ts';
import { maskedSizes } from './masked-sizes.ts';
import { pageMessages, REPAIRED } from './messages.ts';
import type { PageContent } from './model.ts';
import { openPdf, type PdfFile } from './pdf-file.ts';
import { withoutRaised } from './raised.ts';
import { ImageReader } from './read-images.ts';
import { readMetadata } from './read-metadata.ts';
import { readOutline } from './read-outline.ts';
import { readPage } from './read-page.ts';
import { SharedPdfium } from './shared-pdfium.ts';

export function pdfConverter(options: PdfiumOptions): Converter {
  const shared = new SharedPdfium(options);
  return {
    name: 'pdf',
    extensions: ['.pdf'],
    accepts: ({ kind }) => kind === 'pdf',
    async convert(source, context) {
      try {
        return await shared.use((pdfium) => convertPdf(pdfium, source, context));
      } catch (error) {
        throw isTrap(error) ? trapError(source.name, error) : error;
      }
    },
  };
}

/** PDFium stopped in the midst of its work, or ran out of memory. */
function isTrap(error: unknown): boolean {
  return error instanceof Error && ['RuntimeError', 'RangeError'].includes(error.name);
}

function trapError(name: string, cause: unknown): ConversionError {
  return new ConversionError(
    'damaged',
    `"${name}" is a PDF that the reader gives up on: open it in a PDF viewer and print it to a new PDF.`,
    { cause },
  );
}

async function convertPdf(
  pdfium: Pdfium,
  source: Source,
  context: ConversionContext,
): Promise<ConvertedDocument> {
  const file = openPdf(pdfium, source.bytes, { name: source.name, password: context.password });
  try {
    const store = new ImageStore(context.limits);
    const { contents, damaged } = await readPages(file, { store, bytes: source.bytes }, context);
    if (contents.length === 0)
      throw new ConversionError(
        'damaged',
        `"${source.name}" is a damaged PDF: none of its ${file.pageCount} pages can be read.`,
      );
    const bookmarks = readOutline(file);
    const { title: statedTitle, ...metadata } = readMetadata(file);
    const layout = layOut(contents, { outline: bookmarks, statedTitle });
    return {
      format: 'pdf',
      title: layout.title ?? titleFromName(source.name),
      markdown: `${renderBlocks(joinPages(layout.pages, layout.hyphens))}\n`,
      pages: layout.pages.map((page, index) => toPage(page, contents[index])),
      images: store.images,
      outline: bookmarks.length > 0 ? bookmarks : headingOutline(layout.pages),
      outlineFrom: bookmarks.length > 0 ? 'bookmarks' : 'headings',
      metadata,
      messages: [
        ...(file.repaired ? [REPAIRED] : []),
        ...pageMessages(contents, { damaged, total: file.pageCount }),
        ...store.messages(),
      ],
    };
  } finally {
    file.close();
  }
}

async function readPages(
  file: PdfFile,
  { store, bytes }: { store: ImageStore; bytes: Uint8Array },
  { signal, onProgress, limits }: ConversionContext,
): Promise<{ contents: PageContent[]; damaged: number[] }> {
  const images = new ImageReader(file, store, {
    masked: maskedSizes(bytes),
    maximumPixels: limits.imagePixels,
  });
  const contents: PageContent[] = [];
  const damaged: number[] = [];
  for (let index = 0; index < file.pageCount; index += 1) {
    // a page after the other, so that the event loop turns between them
    // oxlint-disable-next-line no-await-in-loop
    await pause(signal);
    const content = readPage(file, index, images);
    if (content === undefined) damaged.push(index + 1);
    else contents.push(content);
    onProgress?.(index + 1, file.pageCount);
  }
  await pause(signal);
  return { contents, damaged };
}

function toPage({ page, blocks }: PageLayout, content: PageContent | undefined) {
  return {
    page,
    ...(content?.label !== undefined && { label: content.label }),
    markdown: renderBlocks(blocks),
    images: blocks.flatMap((block) => (block.kind === 'image' ? [block.name] : [])),
  };
}

function headingOutline(pages: readonly PageLayout[]): OutlineEntry[] {
  return pages.flatMap(({ page, blocks }) =>
    blocks.flatMap((block) =>
      block.kind === 'heading'
        ? [{ title: withoutRaised(block.text), level: block.level, page }]
        : [],
    ),
  );
}
