export type ImageMediaType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';

/** What the first bytes of an image say. */
export interface ImageFacts {
  readonly mediaType: ImageMediaType;
  /** Pixels, where the header can be read. */
  readonly width?: number;
  readonly height?: number;
}

type Size = Pick<ImageFacts, 'width' | 'height'>;

/** `undefined` for bytes that are not of a format that models take. */
export function imageFacts(bytes: Uint8Array): ImageFacts | undefined {
  const head = String.fromCodePoint(...bytes.subarray(0, 12));
  const begins = (mark: string, at = 0): boolean => head.startsWith(mark, at);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (begins('\x89PNG\r\n\x1A\n')) return { mediaType: 'image/png', ...sized(() => png(view)) };
  if (begins('\xFF\xD8\xFF')) return { mediaType: 'image/jpeg', ...sized(() => jpeg(view)) };
  if (begins('GIF87a') || begins('GIF89a'))
    return { mediaType: 'image/gif', ...sized(() => gif(view)) };
  if (begins('RIFF') && begins('WEBP', 8))
    return { mediaType: 'image/webp', ...sized(() => webp(view)) };
  return undefined;
}

/** None where the header is cut off, or says nothing. */
function sized(read: () => readonly [width: number, height: number] | undefined): Size {
  try {
    const [width = 0, height = 0] = read() ?? [];
    return width > 0 && height > 0 ? { width, height } : {};
  } catch (error) {
    // a `DataView` throws beyond its end
    if (error instanceof RangeError) return {};
    throw error;
  }
}

const png = (view: DataView) => [view.getUint32(16), view.getUint32(20)] as const;

const gif = (view: DataView) => [view.getUint16(6, true), view.getUint16(8, true)] as const;

/** From segment to segment until the one that begins the frame (ITU T.81, B.2.2). */
function jpeg(view: DataView): readonly [number, number] {
  for (let at = 2; ;) {
    const marker = view.getUint8(at + 1);
    const frame = marker >= 0xc0 && marker <= 0xcf && marker % 4 !== 0;
    if (frame || marker === 0xc0) return [view.getUint16(at + 7), view.getUint16(at + 5)];
    // any number of 0xFF may stand before a marker
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
}

/** By the kind of the first chunk (RFC 9649): extended, lossless, lossy. */
function webp(view: DataView): readonly [number, number] | undefined {
  const kind = view.getUint32(12);
  if (kind === 0x56_50_38_58)
    return [1 + (view.getUint32(24, true) & 0xff_ffff), 1 + (view.getUint32(26, true) >>> 8)];
  if (kind === 0x56_50_38_4c) {
    const bits = view.getUint32(21, true);
    return [1 + (bits & 0x3fff), 1 + ((bits >>> 14) & 0x3fff)];
  }
  if (kind !== 0x56_50_38_20) return undefined;
  return [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
}
