/** RTF to Markdown by way of HTML: paragraphs, headings, emphasis, lists, tables, links, notes and pictures. */
import type { Converter } from '../../converter.ts';
import type { DocumentMetadata } from '../../document.ts';
import { ConversionError } from '../../error.ts';
import { htmlToMarkdown } from '../../html-to-markdown/html-to-markdown.ts';
import { ImageStore } from '../../images/image-store.ts';
import { IMAGE_SCHEME } from '../../link-images.ts';
import { makeDocument } from '../../make-document.ts';
import { readable } from '../../ooxml/readable.ts';
import { pause } from '../../pause.ts';
import { refuseTooLarge } from '../html/html-converter.ts';
import { readRtf } from './rtf-reader.ts';

export const rtfConverter: Converter = {
  name: 'rtf',
  extensions: ['.rtf'],
  accepts: ({ kind, extension }) => kind === 'rtf' && !['.md', '.markdown'].includes(extension),
  async convert({ name, bytes }, { limits, signal }) {
    await pause(signal);
    const store = new ImageStore(limits);
    const { html, info } = await readable(name, 'RTF file', () =>
      readRtf(bytes, (picture) => {
        const image = store.add(picture, { suggestion: `img${store.images.length + 1}` });
        return image === undefined ? undefined : IMAGE_SCHEME + image;
      }),
    );
    if (html === '' && bytes.length < 16)
      throw new ConversionError('damaged', `"${name}" is a damaged RTF file: it ends at once.`);
    refuseTooLarge(name, html.length, limits);
    await pause(signal);
    const { markdown } = await htmlToMarkdown(html, {
      signal,
      resolveImage: (src) => (src.startsWith(IMAGE_SCHEME) ? undefined : null),
    });
    const title = info.get('title')?.trim();
    return makeDocument({
      format: 'rtf',
      name,
      markdown,
      title: title === '' ? undefined : title,
      metadata: metadataOf(info),
      store,
    });
  },
};

function metadataOf(info: ReadonlyMap<string, string>): DocumentMetadata {
  const author = info.get('author')?.trim() ?? '';
  return author === '' ? {} : { authors: [author] };
}
