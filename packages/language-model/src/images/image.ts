/** Images as the port carries them: in messages of the user, and in what a tool gives. */

export interface Image {
  /** A PNG, JPEG, GIF or WebP; what it is, is read off the bytes. */
  readonly bytes: Uint8Array;
  /** The model is told it, as it is, in place of an image that cannot be shown. */
  readonly caption?: string | undefined;
}

/**
 * Most bytes of an image, 3.75 MiB: in base64 they are the 5 MiB that Anthropic takes. Others take more of
 * a single image, but not of all images of a request.
 */
export const MOST_IMAGE_BYTES = (5 * 1024 * 1024 * 3) / 4;

/** What a tool gives that has images to show; made by `withImages`. As a string it is the text. */
export class TextWithImages {
  readonly text: string;
  readonly images: readonly Image[];

  constructor(text: string, images: readonly Image[]) {
    this.text = text;
    this.images = images;
  }

  toString(): string {
    return this.text;
  }
}

/** What a tool returns to show images beside its text, in this order. */
export function withImages(text: string, images: readonly Image[]): TextWithImages {
  return new TextWithImages(text, images);
}
