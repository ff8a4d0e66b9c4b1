import type { Converter } from '../../converter.ts';
import { ConversionError } from '../../error.ts';
import { htmlToMarkdown } from '../../html-to-markdown/html-to-markdown.ts';
import { ImageStore } from '../../images/image-store.ts';
import { takeImage } from '../../images/local-images.ts';
import { IMAGE_SCHEME } from '../../link-images.ts';
import { outlineOf } from '../../markdown/outline.ts';
import { pause } from '../../pause.ts';
import { decodeText } from '../../text/charset.ts';
import { undecodable } from '../../text/read-text-source.ts';
import { titleFromName } from '../../text/title-from-name.ts';
import { declaredCharset } from './declared-charset.ts';

const EXTENSIONS = ['.html', '.htm'];

export const htmlConverter: Converter = {
  name: 'html',
  extensions: EXTENSIONS,
  accepts: ({ kind, extension }) =>
    kind === 'html'
      ? !['.md', '.markdown', '.txt', '.text'].includes(extension)
      : kind === 'text' && EXTENSIONS.includes(extension),
  async convert(source, { limits, signal }) {
    const { name, bytes } = source;
    if (bytes.length > limits.htmlBytes)
      throw new ConversionError(
        'too-large',
        `"${name}" is an HTML page of ${bytes.length} bytes, over the limit of ${limits.htmlBytes}: split it, or save it as text.`,
      );
    const { text, exact, charset } = await decodeText(bytes, declaredCharset(bytes));
    await pause(signal);
    const store = new ImageStore(limits);
    const page = await htmlToMarkdown(text, {
      resolveImage: (src) => {
        const image = takeImage(src, { source, store, keepTiny: false });
        return typeof image === 'string' ? IMAGE_SCHEME + image : image;
      },
    });
    const outline = outlineOf(page.markdown);
    const { title, language, authors, date } = page;
    return {
      format: 'html',
      title:
        title ??
        (outline.find(({ level }) => level === 1) ?? outline[0])?.title ??
        titleFromName(name),
      markdown: page.markdown,
      images: store.images,
      outline,
      metadata: {
        ...(authors && { authors }),
        ...(date !== undefined && { date }),
        ...(language !== undefined && { language }),
      },
      messages: [
        ...(exact ? [] : [undecodable(charset)]),
        ...(page.flattened ? [FLATTENED] : []),
        ...(/\S/.test(page.markdown) ? [] : [NO_TEXT]),
        ...store.messages(),
      ],
    };
  },
};

const FLATTENED = {
  level: 'warning',
  code: 'structure-lost',
  text: 'The page is nested too deeply to keep its structure: its text alone was taken.',
} as const;

const NO_TEXT = {
  level: 'warning',
  code: 'no-text',
  text: 'The page has no text; it may be written by a script when a browser opens it.',
} as const;
