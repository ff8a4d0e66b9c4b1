/** OpenDocument texts (ISO/IEC 26300) to Markdown by way of HTML. */
import type { Converter } from '../../converter.ts';
import { ConversionError } from '../../error.ts';
import { htmlToMarkdown } from '../../html-to-markdown/html-to-markdown.ts';
import { ImageStore } from '../../images/image-store.ts';
import { IMAGE_SCHEME } from '../../link-images.ts';
import { makeDocument } from '../../make-document.ts';
import { readOdfMetadata } from '../../odf/metadata.ts';
import { refuseEncrypted } from '../../odf/refuse-encrypted.ts';
import { readable } from '../../ooxml/readable.ts';
import { pause } from '../../pause.ts';
import { decodeXml } from '../../xml/decode-xml.ts';
import { parseXml } from '../../xml/parse-xml.ts';
import { loadReadElements } from '../../xml/read-xml.ts';
import { readZip } from '../../zip/read-zip.ts';
import { refuseTooLarge } from '../html/html-converter.ts';
import { HtmlWriter } from './html-writer.ts';
import { readStyles } from './styles.ts';

export const odtConverter: Converter = {
  name: 'odt',
  extensions: ['.odt'],
  accepts: ({ kind }) => kind === 'odt',
  async convert(source, { limits, signal }) {
    const { name } = source;
    const files = await readZip(source.bytes, { name, limits, signal });
    refuseEncrypted(name, files);
    await pause(signal);
    const content = files.get('content.xml');
    if (content === undefined)
      throw new ConversionError(
        'damaged',
        `"${name}" is a damaged text document: it has no content.`,
      );
    const readElements = await loadReadElements();
    const { title, metadata } = readOdfMetadata(files, readElements);
    const store = new ImageStore(limits);
    const html = await readable(name, 'text document', async () => {
      const writer = new HtmlWriter({
        styles: readStyles(files, readElements),
        takePicture(path) {
          const bytes = files.get(path);
          const image = bytes && store.add(bytes, { suggestion: path });
          return image === undefined ? undefined : IMAGE_SCHEME + image;
        },
        formula: (path) => formulaOf(files.get(`${path}/content.xml`)),
      });
      await parseXml(decodeXml(content), writer, { signal });
      return writer.html;
    });
    refuseTooLarge(name, html.length, limits);
    await pause(signal);
    const { markdown, flattened } = await htmlToMarkdown(html, {
      signal,
      resolveImage: (src) => (src.startsWith(IMAGE_SCHEME) ? undefined : null),
    });
    return makeDocument({
      format: 'odt',
      name,
      markdown,
      title,
      metadata,
      store,
      messages: flattened ? [FLATTENED] : [],
    });
  },
};

/** A formula is a document of its own, in MathML. */
function formulaOf(bytes: Uint8Array | undefined): string | undefined {
  const xml = bytes && decodeXml(bytes);
  return xml === undefined
    ? undefined
    : /<(?:math:)?math[\s>][^]*<\/(?:math:)?math>/.exec(xml)?.[0].replace(/(<\/?)math:/g, '$1');
}

const FLATTENED = {
  level: 'warning',
  code: 'structure-lost',
  text: 'The document is nested too deeply to keep its structure: its text alone was taken.',
} as const;
