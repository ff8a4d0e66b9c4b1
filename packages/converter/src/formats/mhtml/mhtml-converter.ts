/** A web page that a browser saved with its pictures in one file (RFC 2557). */
import type { Converter } from '../../converter.ts';
import { ConversionError } from '../../error.ts';
import { resolveUrl } from '../../html-to-markdown/absolute-links.ts';
import { ImageStore } from '../../images/image-store.ts';
import { takeImage } from '../../images/local-images.ts';
import { IMAGE_SCHEME } from '../../link-images.ts';
import { decodeWords, readMessage, type Message, type MessagePart } from '../../mime/message.ts';
import { pause } from '../../pause.ts';
import { decodeText } from '../../text/charset.ts';
import { undecodable } from '../../text/read-text-source.ts';
import { declaredCharset } from '../html/declared-charset.ts';
import { refuseTooLarge } from '../html/html-converter.ts';
import { htmlDocument } from '../html/html-document.ts';

export const mhtmlConverter: Converter = {
  name: 'mhtml',
  extensions: ['.mhtml', '.mht'],
  accepts: ({ kind, extension }) =>
    kind === 'mhtml' || (kind === 'text' && ['.mhtml', '.mht'].includes(extension)),
  async convert(source, context) {
    const { name } = source;
    const { limits, signal } = context;
    const message = readMessage(source.bytes);
    const root = message && rootOf(message);
    if (message === undefined || root === undefined)
      throw new ConversionError('damaged', `"${name}" is a damaged web archive: it has no page.`);
    refuseTooLarge(name, root.bytes.length, limits);
    await pause(signal);
    const { text, exact, charset } = await decodeText(
      root.bytes,
      root.charset ?? declaredCharset(root.bytes),
    );
    const address =
      root.fields.get('content-location') ?? message.fields.get('snapshot-content-location');
    const url =
      context.url ?? (address !== undefined && /^https?:/i.test(address) ? address : undefined);
    const store = new ImageStore(limits);
    const parts = partsByAddress(message, address);
    const document = await htmlDocument(
      {
        format: 'mhtml',
        name,
        html: text,
        url,
        store,
        messages: exact ? [] : [undecodable(charset)],
        resolveImage(src) {
          const part = parts.get(src) ?? parts.get(resolveUrl(src, address ?? '') ?? src);
          if (part === undefined) {
            const image = takeImage(src, {
              source: { name, bytes: source.bytes },
              store,
              keepTiny: false,
            });
            return typeof image === 'string' ? IMAGE_SCHEME + image : image;
          }
          const image = store.add(part.bytes, { suggestion: suggestionOf(src) });
          return image === undefined ? null : IMAGE_SCHEME + image;
        },
      },
      context,
    );
    const subject = decodeWords(message.fields.get('subject') ?? '').trim();
    return document.title === '' && subject !== '' ? { ...document, title: subject } : document;
  },
};

function rootOf({ parts }: Message): MessagePart | undefined {
  return parts.find(({ mediaType }) => /^(?:text\/html|application\/xhtml\+xml)$/.test(mediaType));
}

/** Parts by the addresses and ids by which the page names them. */
function partsByAddress({ parts }: Message, base: string | undefined): Map<string, MessagePart> {
  const found = new Map<string, MessagePart>();
  for (const part of parts) {
    const id = part.fields.get('content-id')?.replace(/^<|>$/g, '');
    const location = part.fields.get('content-location');
    if (id !== undefined) found.set(`cid:${id}`, part);
    if (location === undefined) continue;
    found.set(location, part);
    const absolute = base === undefined ? undefined : resolveUrl(location, base);
    if (absolute !== undefined) found.set(absolute, part);
  }
  return found;
}

function suggestionOf(src: string): string {
  return src.replace(/[?#].*$/s, '').replace(/^cid:/i, '') || 'image';
}
