const SAMPLE = 65_536;
/** Share of control characters over which bytes are not text. */
const CONTROL_SHARE = 0.02;

/**
 * Whether bytes are no text in any charset: control characters other than tab, line ends, form feed
 * and escape, outside UTF-16 with a byte order mark. Looks at the first 64 KiB.
 */
export function looksBinary(bytes: Uint8Array): boolean {
  if (hasUtf16Mark(bytes)) return false;
  const sample = bytes.subarray(0, SAMPLE);
  let control = 0;
  for (const byte of sample) {
    if (byte === 0) return true;
    if (byte < 0x20 && !(byte >= 0x08 && byte <= 0x0d) && byte !== 0x1b) control += 1;
  }
  return control > sample.length * CONTROL_SHARE;
}

export function hasUtf16Mark(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}
