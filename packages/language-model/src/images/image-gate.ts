/** Which images go to the model, and what it is told in place of the others. */
import type { Provider } from '../providers.ts';
import { imageFacts } from './image-facts.ts';
import { MOST_IMAGE_BYTES } from './image.ts';
import type { Image } from './image.ts';

/** What is known of a model and images, learned from its refusals and answers. */
export interface ImageQuirks {
  /** It takes none. */
  none: boolean;
  /** A turn of the assistant has to stand between the results of tools and the images. */
  bridged: boolean;
  /** It has answered a request with an image. */
  anyTaken: boolean;
  /** Were in a request that was answered. */
  readonly taken: WeakSet<Image>;
  /** Were in a request that was refused: why they are not shown. */
  readonly refused: WeakMap<Image, string>;
}

export interface ImageGate {
  readonly quirks: ImageQuirks;
  readonly provider: Provider;
}

export interface ShownImage {
  readonly mediaType: string;
  readonly base64: string;
}

export const TAKES_NONE = 'this model takes no images';

/** Anthropic refuses more, and nobody shows them to the model. */
const MOST_PIXELS_A_SIDE = 8000;

export function newImageQuirks(provider: Provider): ImageQuirks {
  return {
    none: provider.textOnly === true,
    bridged: false,
    anyTaken: false,
    taken: new WeakSet(),
    refused: new WeakMap(),
  };
}

/** Those that are sent. */
export function passing(images: readonly Image[], gate: ImageGate): Image[] {
  return images.filter((image) => imageFault(image, gate) === undefined);
}

/** The text with a sentence for each image that is not shown, and those that are. */
export function shown(
  { text, images }: { readonly text: string; readonly images: readonly Image[] },
  gate: ImageGate,
): { readonly text: string; readonly images: readonly ShownImage[] } {
  const withheld = images.flatMap((image) => {
    const fault = imageFault(image, gate);
    if (fault === undefined) return [];
    const caption = image.caption?.trim() ?? '';
    const instead = caption === '' ? '' : ` Its caption: ${caption}`;
    return [`[An image is not shown: ${fault}.${instead}]`];
  });
  return {
    text: [text, ...withheld].filter((part) => part !== '').join('\n'),
    images: passing(images, gate).map(({ bytes }) => ({
      mediaType: imageFacts(bytes)?.mediaType ?? '',
      base64: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
    })),
  };
}

/** One sentence for each reason for which images were not shown. */
export function imageWarnings(
  images: readonly Image[],
  gate: ImageGate,
  name: string,
): readonly string[] {
  const faults = images
    .map((image) => imageFault(image, gate))
    .filter((fault) => fault !== undefined);
  return [...new Set(faults)].map((fault) => `An image was not shown to "${name}": ${fault}.`);
}

/** Why it is not sent. */
function imageFault(image: Image, { quirks, provider }: ImageGate): string | undefined {
  if (quirks.none) return TAKES_NONE;
  const refused = quirks.refused.get(image);
  if (refused !== undefined) return refused;
  if (image.bytes.byteLength > MOST_IMAGE_BYTES)
    return `it is larger than ${MOST_IMAGE_BYTES / 1024 / 1024} MiB`;
  const facts = imageFacts(image.bytes);
  if (facts === undefined) return 'it is no PNG, JPEG, GIF or WebP';
  if (facts.mediaType === 'image/gif' && provider.protocol === 'google')
    return 'this model takes no GIF';
  const { width = 0, height = 0 } = facts;
  return Math.max(width, height) > MOST_PIXELS_A_SIDE
    ? `it is wider or higher than ${MOST_PIXELS_A_SIDE} pixels`
    : undefined;
}
