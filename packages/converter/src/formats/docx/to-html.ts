import type { ConversionMessage } from '../../document.ts';
import type { ImageStore } from '../../images/image-store.ts';
import { IMAGE_SCHEME } from '../../link-images.ts';
import { plainAlt } from '../../ooxml/take-picture.ts';

const STYLES = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Source Code'] => pre:separator('\n')",
  "p[style-name='Code'] => pre:separator('\n')",
  "p[style-name='HTML Preformatted'] => pre:separator('\n')",
  "p[style-name='macro'] => pre:separator('\n')",
  "p[style-name='Quote'] => blockquote > p:fresh",
  "p[style-name='Intense Quote'] => blockquote > p:fresh",
  'comment-reference => sup',
];

/** Word documents as mammoth's HTML; pictures go into the store. External pictures are not followed. */
export async function toHtml(
  container: Uint8Array,
  store: ImageStore,
): Promise<{ html: string; messages: ConversionMessage[] }> {
  const { default: mammoth } = await import('mammoth');
  const result = await mammoth.convertToHtml(
    { buffer: Buffer.from(container.buffer, container.byteOffset, container.byteLength) },
    {
      styleMap: STYLES,
      convertImage: mammoth.images.imgElement(async (image) => {
        const bytes = await image.readAsBuffer();
        const name = store.add(bytes, { suggestion: `img${store.images.length + 1}` });
        // an empty address is left out afterwards
        const { altText: alt = '' } = image as { readonly altText?: string };
        return { src: name === undefined ? '' : IMAGE_SCHEME + name, alt: plainAlt(alt) };
      }),
    },
  );
  const failed = result.messages.filter(({ type }) => type === 'error');
  return { html: result.value, messages: failed.map(({ message }) => toMessage(message)) };
}

function toMessage(text: string): ConversionMessage {
  const isExternal = /external/i.test(text);
  return {
    level: 'warning',
    code: isExternal ? 'external-image' : 'part-unread',
    text: isExternal
      ? 'A picture outside of the document is left out: such links are never followed.'
      : `A part of the document could not be read: ${text}`,
  };
}
