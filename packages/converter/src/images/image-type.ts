/** What a picture file is, read off its first bytes. */
export interface ImageType {
  readonly mediaType: string;
  /** With the dot. */
  readonly extension: string;
  /** Pixels, when the header states them. */
  readonly width?: number;
  readonly height?: number;
}

/** `undefined` for bytes that are no picture format that documents use. */
export function imageType(bytes: Uint8Array): ImageType | undefined {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const read of readers) {
    const type = read(data);
    if (type) return type;
  }
  return undefined;
}

type Reader = (data: Buffer) => ImageType | undefined;

const png: Reader = (data) =>
  data.length >= 24 && data.readUInt32BE(0) === 0x89504e47
    ? {
        mediaType: 'image/png',
        extension: '.png',
        width: data.readUInt32BE(16),
        height: data.readUInt32BE(20),
      }
    : undefined;

const gif: Reader = (data) =>
  data.length >= 10 && data.toString('latin1', 0, 4) === 'GIF8'
    ? {
        mediaType: 'image/gif',
        extension: '.gif',
        width: data.readUInt16LE(6),
        height: data.readUInt16LE(8),
      }
    : undefined;

const bmp: Reader = (data) =>
  data.length >= 26 && data.toString('latin1', 0, 2) === 'BM'
    ? {
        mediaType: 'image/bmp',
        extension: '.bmp',
        width: Math.abs(data.readInt32LE(18)),
        height: Math.abs(data.readInt32LE(22)),
      }
    : undefined;

const webp: Reader = (data) =>
  data.toString('latin1', 0, 4) === 'RIFF' && data.toString('latin1', 8, 12) === 'WEBP'
    ? { mediaType: 'image/webp', extension: '.webp', ...webpSize(data) }
    : undefined;

function webpSize(data: Buffer): { width?: number; height?: number } {
  if (data.length < 30) return {};
  const chunk = data.toString('latin1', 12, 16);
  if (chunk === 'VP8X')
    return { width: data.readUIntLE(24, 3) + 1, height: data.readUIntLE(27, 3) + 1 };
  if (chunk === 'VP8 ')
    return { width: data.readUInt16LE(26) & 0x3fff, height: data.readUInt16LE(28) & 0x3fff };
  if (chunk === 'VP8L') {
    const bits = data.readUInt32LE(21);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  return {};
}

const jpeg: Reader = (data) =>
  data[0] === 0xff && data[1] === 0xd8 && data[2] === 0xff
    ? { mediaType: 'image/jpeg', extension: '.jpg', ...jpegSize(data) }
    : undefined;

/** Walks the segments to the first start-of-frame. */
function jpegSize(data: Buffer): { width?: number; height?: number } {
  for (let at = 2; at + 9 < data.length;) {
    if (data[at] !== 0xff) return {};
    const marker = data[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: data.readUInt16BE(at + 5), width: data.readUInt16BE(at + 7) };
    at += marker === 0xff ? 1 : 2 + data.readUInt16BE(at + 2);
  }
  return {};
}

const tiff: Reader = (data) =>
  ['II*\0', 'MM\0*'].includes(data.toString('latin1', 0, 4))
    ? { mediaType: 'image/tiff', extension: '.tiff' }
    : undefined;

const metafile: Reader = (data) => {
  if (data.length >= 44 && data.readUInt32LE(0) === 1 && data.toString('latin1', 40, 44) === ' EMF')
    return { mediaType: 'image/emf', extension: '.emf' };
  if (data.length >= 4 && data.readUInt32LE(0) === 0x9ac6cdd7)
    return { mediaType: 'image/wmf', extension: '.wmf' };
  return undefined;
};

const avif: Reader = (data) =>
  /^ftypavi[fs]$/.test(data.toString('latin1', 4, 12))
    ? { mediaType: 'image/avif', extension: '.avif' }
    : undefined;

const svg: Reader = (data) =>
  /^\uFEFF?\s*(?:<\?xml|<!--|<!DOCTYPE svg|<svg)/.test(data.toString('utf8', 0, 256)) &&
  /<svg[\s>]/.test(data.toString('utf8', 0, 4096))
    ? { mediaType: 'image/svg+xml', extension: '.svg' }
    : undefined;

const readers: readonly Reader[] = [png, jpeg, gif, webp, bmp, tiff, metafile, avif, svg];
