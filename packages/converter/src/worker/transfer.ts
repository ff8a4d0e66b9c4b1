import type { ConvertedDocument } from '../document.ts';

/** The bytes in a memory of their own that can be handed to another thread; what has one is not copied. */
export function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  // a Buffer of Node's pool shares its memory with others, and shared memory cannot be handed over
  const isWhole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
  if (isWhole && bytes.buffer instanceof ArrayBuffer) return new Uint8Array(bytes.buffer);
  return new Uint8Array(bytes);
}

/** The document with pictures whose memories can be handed over, and those memories, each once. */
export function forTransfer(document: ConvertedDocument): {
  readonly document: ConvertedDocument;
  readonly memories: ArrayBuffer[];
} {
  const images = document.images.map((image) => ({ ...image, bytes: owned(image.bytes) }));
  return {
    document: { ...document, images },
    memories: [...new Set(images.map(({ bytes }) => bytes.buffer))],
  };
}
