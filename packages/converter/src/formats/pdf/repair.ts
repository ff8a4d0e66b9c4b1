/** How far before the word `/Catalog` its object may begin. */
const OBJECT_WINDOW = 4096;

/**
 * A file whose end is missing, with an end that names its catalog: PDFium then finds the objects that are
 * there. `undefined` when the catalog is missing too, or is in a compressed part.
 */
export function withTrailer(bytes: Uint8Array): Uint8Array | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = file.lastIndexOf('/Catalog');
  if (at < 0) return undefined;
  const before = file.toString('latin1', Math.max(0, at - OBJECT_WINDOW), at);
  const object = [...before.matchAll(/(\d{1,10}) (\d{1,5}) obj\b/g)].at(-1);
  if (object === undefined) return undefined;
  const trailer = `\ntrailer\n<< /Root ${object[1]} ${object[2]} R >>\nstartxref\n0\n%%EOF\n`;
  return Buffer.concat([file, Buffer.from(trailer, 'latin1')]);
}
