/**
 * Text in the charset that its server names, as UTF-8 with a mark, so that no reader guesses. Bytes
 * with a mark of their own, or that are no text in that charset, stay as they are: what they say of
 * themselves, or what can be told by looking, is worth more.
 */
export function toUtf8(bytes: Uint8Array, charset: string | undefined): Uint8Array {
  if (charset === undefined || hasMark(bytes)) return bytes;
  const decoder = decoderFor(charset);
  if (decoder === undefined) return bytes;
  try {
    // Node 20 decodes windows-1252 rightly in a stream only
    const text = decoder.decode(bytes, { stream: true }) + decoder.decode();
    return Buffer.from(`\uFEFF${text}`, 'utf8');
  } catch {
    return bytes;
  }
}

const hasMark = ([a, b, c]: Uint8Array): boolean =>
  (a === 0xef && b === 0xbb && c === 0xbf) ||
  (a === 0xff && b === 0xfe) ||
  (a === 0xfe && b === 0xff);

function decoderFor(charset: string): InstanceType<typeof TextDecoder> | undefined {
  try {
    return new TextDecoder(charset, { fatal: true });
  } catch {
    return undefined;
  }
}
