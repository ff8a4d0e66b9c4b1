import type { Converter } from '../../converter.ts';
import { ConversionError } from '../../error.ts';
import { ImageStore } from '../../images/image-store.ts';
import { takeImage } from '../../images/local-images.ts';
import { IMAGE_SCHEME } from '../../link-images.ts';
import type { ConversionLimits } from '../../options.ts';
import { pause } from '../../pause.ts';
import { decodeText } from '../../text/charset.ts';
import { undecodable } from '../../text/read-text-source.ts';
import { declaredCharset } from './declared-charset.ts';
import { htmlDocument } from './html-document.ts';

const EXTENSIONS = ['.html', '.htm', '.xhtml'];

export const htmlConverter: Converter = {
  name: 'html',
  extensions: EXTENSIONS,
  accepts: ({ kind, extension }) =>
    kind === 'html'
      ? !['.md', '.markdown', '.txt', '.text'].includes(extension)
      : kind === 'text' && EXTENSIONS.includes(extension),
  async convert(source, context) {
    const { name, bytes } = source;
    const { limits, signal, url } = context;
    refuseTooLarge(name, bytes.length, limits);
    const { text, exact, charset } = await decodeText(bytes, declaredCharset(bytes));
    await pause(signal);
    const store = new ImageStore(limits);
    return htmlDocument(
      {
        format: 'html',
        name,
        html: text,
        url,
        store,
        messages: exact ? [] : [undecodable(charset)],
        resolveImage(src) {
          const image = takeImage(src, { source, store, keepTiny: false });
          return typeof image === 'string' ? IMAGE_SCHEME + image : image;
        },
      },
      context,
    );
  },
};

/** The parsed form of a page is many times as large as the page. */
export function refuseTooLarge(name: string, bytes: number, { htmlBytes }: ConversionLimits): void {
  if (bytes > htmlBytes)
    throw new ConversionError(
      'too-large',
      `"${name}" holds ${bytes} bytes of HTML, over the limit of ${htmlBytes}: split it, or save it as text.`,
    );
}
