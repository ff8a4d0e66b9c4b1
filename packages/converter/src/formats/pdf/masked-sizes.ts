/** How far the dictionary of a picture reaches before and behind one of its keys. */
const WINDOW = 2048;
/** More are looked at in no file. */
const MAXIMUM = 5000;
const SOFT_MASK = '/SMask';

/** Sizes in pixels (`640x480`) of the pictures that have a soft mask; `any` where a size is not stated directly. */
export type MaskedSizes = ReadonlySet<string>;

/**
 * Reads from the bytes of the file, as PDFium does not tell it: the dictionary of a picture belongs to a
 * stream, and those are never in a compressed part (ISO 32000-1, 7.5.7).
 */
export function maskedSizes(bytes: Uint8Array): MaskedSizes {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sizes = new Set<string>();
  let at = file.indexOf(SOFT_MASK);
  for (let count = 0; at >= 0 && count < MAXIMUM; count += 1) {
    const found = at;
    at = file.indexOf(SOFT_MASK, at + 1);
    const after = file.toString('latin1', found + SOFT_MASK.length, found + WINDOW);
    if (!/^\s*\d+\s+\d+\s+R/.test(after)) continue;
    const before = file.toString('latin1', Math.max(0, found - WINDOW), found);
    const dictionary =
      before.slice(before.lastIndexOf(' obj') + 1) + (after.split('stream', 1)[0] ?? '');
    const [width, height] = ['Width', 'Height'].map(
      (key) => new RegExp(`/${key}\\s+(\\d+)(?!\\s+\\d+\\s+R)\\b`).exec(dictionary)?.[1],
    );
    sizes.add(width === undefined || height === undefined ? 'any' : `${width}x${height}`);
  }
  return sizes;
}

export function mayBeMasked(sizes: MaskedSizes, width: number, height: number): boolean {
  return sizes.has('any') || sizes.has(`${width}x${height}`);
}
