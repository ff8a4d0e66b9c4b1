import { isUtf8 } from 'node:buffer';

/**
 * Text in the charset that its server names, as UTF-8 with a mark, so that no reader guesses. Bytes
 * stay as they are where they are worth more than what is said of them: with a mark of their own,
 * as valid UTF-8 (many servers call everything Latin-1), or as no text in that charset.
 */
export function toUtf8(bytes: Uint8Array, charset: string | undefined): Uint8Array {
  if (charset === undefined || hasMark(bytes) || isPlainUtf8(bytes)) return bytes;
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

/** Charsets of seven bits, such as ISO-2022-JP, are valid UTF-8 too, and begin their letters with ESC. */
const isPlainUtf8 = (bytes: Uint8Array): boolean => isUtf8(bytes) && !bytes.includes(0x1b);

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
