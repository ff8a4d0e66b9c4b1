/**
 * DOCX to Markdown: unpack within limits, turn equations into placeholders, hand mammoth a container of the
 * parts that it needs, turn its HTML into Markdown, and put the equations back as LaTeX.
 */
import type { ConversionContext, Converter } from '../../converter.ts';
import type { ConversionMessage, ConvertedDocument, Source } from '../../document.ts';
import { htmlToMarkdown } from '../../html-to-markdown/html-to-markdown.ts';
import { ImageStore } from '../../images/image-store.ts';
import { IMAGE_SCHEME } from '../../link-images.ts';
import { outlineOf } from '../../markdown/outline.ts';
import { EquationStore } from '../../math/equation-store.ts';
import { readCoreProperties } from '../../ooxml/core-properties.ts';
import { officeMessages } from '../../ooxml/messages.ts';
import { openPackage } from '../../ooxml/package.ts';
import { readable } from '../../ooxml/readable.ts';
import { pause } from '../../pause.ts';
import { titleFromName } from '../../text/title-from-name.ts';
import { loadReadElements } from '../../xml/read-xml.ts';
import { readZip } from '../../zip/read-zip.ts';
import { takeEquations } from './equations.ts';
import { putGraphicsBack, takeGraphics } from './graphics.ts';
import { documentLanguage } from './language.ts';
import { toHtml } from './to-html.ts';

export const docxConverter: Converter = {
  name: 'docx',
  extensions: ['.docx', '.docm'],
  accepts: ({ kind }) => kind === 'docx',
  convert: convertDocx,
};

async function convertDocx(source: Source, context: ConversionContext): Promise<ConvertedDocument> {
  const { name } = source;
  const { limits, signal } = context;
  const files = await readZip(source.bytes, { name, limits, signal });
  await pause(signal);
  const readElements = await loadReadElements();
  const equations = new EquationStore();
  await readable(name, 'Word document', () => takeEquations(files, equations, readElements));
  const graphics = takeGraphics(files, openPackage(files, readElements), readElements);
  const properties = readCoreProperties(files, readElements);
  const language = properties.metadata.language ?? documentLanguage(files);
  const store = new ImageStore(limits);
  const { zipSync } = await import('fflate');
  const container = zipSync(Object.fromEntries(files), { level: 0 });
  const { html, messages } = await readable(name, 'Word document', () => toHtml(container, store));
  await pause(signal);
  const { markdown, flattened } = await htmlToMarkdown(putGraphicsBack(html, graphics), {
    equations,
    signal,
    resolveImage: (src) => (src.startsWith(IMAGE_SCHEME) ? undefined : null),
  });
  const outline = outlineOf(markdown);
  const heading = outline.find(({ level }) => level === 1) ?? outline[0];
  return {
    format: 'docx',
    title: properties.title ?? heading?.title ?? titleFromName(name),
    markdown,
    images: store.images,
    outline,
    metadata: { ...properties.metadata, ...(language !== undefined && { language }) },
    messages: [
      ...officeMessages(files, 0),
      ...messages,
      ...noText(markdown, flattened),
      ...store.messages(),
    ],
  };
}

function noText(markdown: string, flattened: boolean): ConversionMessage[] {
  if (flattened)
    return [
      {
        level: 'warning',
        code: 'structure-lost',
        text: 'The document is nested too deeply to keep its structure: its text alone was taken.',
      },
    ];
  return /\S/.test(markdown)
    ? []
    : [{ level: 'warning', code: 'no-text', text: 'The document has no text.' }];
}
