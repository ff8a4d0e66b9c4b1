import type { Pixels } from './png.ts';

/** A grey picture of few shades: they, and rows of numbers of shades, each row after a zero. */
export interface Palette {
  readonly bits: 1 | 2 | 4;
  /** From black, 0, to white, 255. */
  readonly shades: readonly number[];
  readonly rows: Uint8Array;
}

const MOST_SHADES = 16;

/**
 * The picture by its shades, when it is grey and has 16 or fewer, as scans and drawings have: an eighth to a
 * half of the bytes are left to be compressed.
 */
export function paletteOf({ width, height, channels, data }: Pixels): Palette | undefined {
  const shades = channels === 1 ? shadesOf(data) : undefined;
  if (shades === undefined) return undefined;
  const numbers = new Uint8Array(256);
  shades.forEach((shade, index) => {
    numbers[shade] = index;
  });
  const bits = shades.length <= 2 ? 1 : shades.length <= 4 ? 2 : 4;
  return { bits, shades, rows: pack(data, numbers, { width, height, bits }) };
}

function shadesOf(data: Uint8Array): number[] | undefined {
  const seen = new Uint8Array(256);
  let count = 0;
  // four pixels at a time: most are as the four before them
  const aligned = data.byteOffset % 4 === 0 ? data : Uint8Array.from(data);
  const words = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length >> 2);
  const see = (shade: number): void => {
    if (seen[shade] === 0) count += 1;
    seen[shade] = 1;
  };
  let last = -1;
  for (const word of words) {
    if (word === last) continue;
    last = word;
    see(word & 0xff);
    see((word >> 8) & 0xff);
    see((word >> 16) & 0xff);
    see(word >>> 24);
    if (count > MOST_SHADES) return undefined;
  }
  for (const shade of aligned.subarray(words.length * 4)) see(shade);
  if (count > MOST_SHADES) return undefined;
  return [...seen.entries()].flatMap(([shade, isSeen]) => (isSeen ? [shade] : []));
}

/** Several numbers in a byte, the first in its highest bits; a row's last byte may be part empty. */
function pack(
  data: Uint8Array,
  numbers: Uint8Array,
  { width, height, bits }: { width: number; height: number; bits: number },
): Uint8Array {
  const perByte = 8 / bits;
  const stride = Math.ceil(width / perByte) + 1;
  const rows = new Uint8Array(stride * height);
  for (let row = 0; row < height; row += 1) {
    const end = (row + 1) * width;
    let to = row * stride + 1;
    for (let at = row * width; at < end; to += 1) {
      let byte = 0;
      for (let place = 8 - bits; place >= 0 && at < end; place -= bits, at += 1)
        byte |= (numbers[data[at] as number] as number) << place;
      rows[to] = byte;
    }
  }
  return rows;
}
