/**
 * The picture in a Windows metafile that draws nothing else of size: an embedded PNG or JPEG file (EMF+), or the
 * largest device-independent bitmap that it copies (MS-EMF 2.3.1). Vector drawings have none.
 */
import { encodePng } from './png.ts';

const PNG = Buffer.from('89504e470d0a1a0a', 'hex');
const PNG_END = Buffer.from('49454e44ae426082', 'hex');
const JPEG = Buffer.from('ffd8ff', 'hex');
const JPEG_END = Buffer.from('ffd9', 'hex');
/** Where the records that copy bitmaps keep the offsets of header and pixels. */
const BITMAP_RECORDS: Readonly<Record<number, number>> = { 76: 84, 77: 84, 81: 48 };
const SMALLEST = 64;

export function metafileRaster(bytes: Uint8Array, mostPixels: number): Uint8Array | undefined {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return embeddedFile(data) ?? largestBitmap(data, mostPixels);
}

function embeddedFile(data: Buffer): Uint8Array | undefined {
  const png = slice(data, PNG, PNG_END);
  if (png !== undefined) return png;
  const jpeg = slice(data, JPEG, JPEG_END);
  return jpeg !== undefined && jpeg.length > 1024 ? jpeg : undefined;
}

function slice(data: Buffer, start: Buffer, end: Buffer): Uint8Array | undefined {
  const from = data.indexOf(start);
  const to = from < 0 ? -1 : data.lastIndexOf(end);
  return to > from && from >= 0 ? data.subarray(from, to + end.length) : undefined;
}

function largestBitmap(data: Buffer, mostPixels: number): Uint8Array | undefined {
  let best: Bitmap | undefined;
  for (let at = 0; at + 8 <= data.length;) {
    const size = data.readUInt32LE(at + 4);
    if (size < 8 || at + size > data.length) break;
    const offsets = BITMAP_RECORDS[data.readUInt32LE(at)];
    const bitmap =
      offsets === undefined ? undefined : bitmapIn(data.subarray(at, at + size), offsets);
    if (bitmap && bitmap.width * bitmap.height > (best?.width ?? 0) * (best?.height ?? 0))
      best = bitmap;
    at += size;
  }
  if (best === undefined || Math.min(best.width, best.height) < SMALLEST) return undefined;
  return best.width * best.height > mostPixels ? undefined : toPng(best);
}

interface Bitmap {
  readonly width: number;
  readonly height: number;
  /** Rows run from the bottom to the top. */
  readonly bottomUp: boolean;
  /** Bytes of a pixel: blue, green, red. */
  readonly bytes: 3 | 4;
  readonly pixels: Buffer;
}

function bitmapIn(record: Buffer, offsets: number): Bitmap | undefined {
  if (offsets + 16 > record.length) return undefined;
  const header = record.readUInt32LE(offsets);
  const start = record.readUInt32LE(offsets + 8);
  const length = record.readUInt32LE(offsets + 12);
  if (header + 40 > record.length || start + length > record.length) return undefined;
  const [width, height] = [record.readInt32LE(header + 4), record.readInt32LE(header + 8)];
  const depth = record.readUInt16LE(header + 14);
  const isPlain = record.readUInt32LE(header + 16) === 0 && (depth === 24 || depth === 32);
  const bytes = depth === 24 ? 3 : 4;
  if (!isPlain || width <= 0 || height === 0) return undefined;
  if (strideOf(width, bytes) * Math.abs(height) > length) return undefined;
  return {
    width,
    height: Math.abs(height),
    bottomUp: height > 0,
    bytes,
    pixels: record.subarray(start, start + length),
  };
}

function toPng({ width, height, bottomUp, bytes, pixels }: Bitmap): Uint8Array {
  const stride = strideOf(width, bytes);
  const data = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row += 1) {
    let from = (bottomUp ? height - 1 - row : row) * stride;
    for (let to = row * width * 3; to < (row + 1) * width * 3; to += 3) {
      data[to] = pixels[from + 2] as number;
      data[to + 1] = pixels[from + 1] as number;
      data[to + 2] = pixels[from] as number;
      from += bytes;
    }
  }
  return encodePng({ width, height, channels: 3, data });
}

/** Rows are filled up to four bytes. */
function strideOf(width: number, bytes: number): number {
  return Math.ceil((width * bytes) / 4) * 4;
}
