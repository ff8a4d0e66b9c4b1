/**
 * Bytes to text: byte order mark, then the charset that the caller knows (an HTML `meta`), then strict
 * UTF-8, then detection, then windows-1252, which accepts everything.
 */

const DETECTION_SAMPLE = 65_536;
/** Names that jschardet reports and `TextDecoder` does not know. */
const DECODER_NAMES: Readonly<Record<string, string>> = {
  cp932: 'shift_jis',
  cp949: 'euc-kr',
  gb2312: 'gb18030',
  maccyrillic: 'x-mac-cyrillic',
  ascii: 'windows-1252',
  'iso-8859-1': 'windows-1252',
};

export interface DecodedText {
  readonly text: string;
  /** The name of the charset in lower case. */
  readonly charset: string;
  /** False when the bytes do not fit the charset everywhere and hold U+FFFD for it. */
  readonly exact: boolean;
}

/** Decodes without the byte order mark. `declared` is used when it is a known charset and not plainly wrong. */
export async function decodeText(bytes: Uint8Array, declared?: string): Promise<DecodedText> {
  const marked = byMark(bytes);
  if (marked) return marked;
  const utf8 = tryUtf8(bytes);
  // a page may call itself latin-1 and be UTF-8; the other way round does not decode
  if (utf8 !== undefined && !isStatefulCharset(declared))
    return { text: utf8, charset: 'utf-8', exact: true };
  const charset = knownCharset(declared) ?? (await detect(bytes));
  return decodeAs(bytes, charset);
}

function byMark(bytes: Uint8Array): DecodedText | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
    return decodeAs(bytes.subarray(3), 'utf-8');
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeAs(bytes.subarray(2), 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeAs(bytes.subarray(2), 'utf-16be');
  return undefined;
}

function tryUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** ISO-2022 texts are pure ASCII bytes and would pass for UTF-8. */
function isStatefulCharset(declared: string | undefined): boolean {
  return declared !== undefined && /^iso-2022-/i.test(declared.trim());
}

/** UTF-16 is left out: bytes that declare it in an ASCII `meta` cannot be it. */
function knownCharset(declared: string | undefined): string | undefined {
  const label = declared?.trim().toLowerCase();
  if (label === undefined || label === '' || /^utf-?(?:8|16)/.test(label)) return undefined;
  const name = DECODER_NAMES[label] ?? label;
  return isDecodable(name) ? name : undefined;
}

function isDecodable(name: string): boolean {
  try {
    return new TextDecoder(name).encoding !== '';
  } catch {
    return false;
  }
}

async function detect(bytes: Uint8Array): Promise<string> {
  const { detect: detectCharset } = await import('jschardet');
  const found = detectCharset(Buffer.from(detectionSample(bytes)));
  const label = found.encoding?.toLowerCase();
  // its confidence is a share among all charsets: low for short texts that it gets right
  if (label === undefined || label.startsWith('utf')) return 'windows-1252';
  return knownCharset(label) ?? 'windows-1252';
}

/** A window around the first byte that is not ASCII: a long English preface says nothing. */
function detectionSample(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte >= 0x80);
  const start = Math.max(0, first - 1024);
  return bytes.subarray(start, start + DETECTION_SAMPLE);
}

/**
 * Node 20 decodes 0x80-0x9F of windows-1252 as control characters when `decode` is called once;
 * a streaming call with a closing one is right in every version.
 */
function decodeAs(bytes: Uint8Array, charset: string): DecodedText {
  const decoder = new TextDecoder(charset, { ignoreBOM: true });
  const text = decoder.decode(bytes, { stream: true }) + decoder.decode();
  return { text, charset: decoder.encoding, exact: !text.includes('\uFFFD') };
}
