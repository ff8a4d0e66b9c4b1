/** Rich Text Format 1.9.1 as groups, control words and characters. */
export type RtfToken =
  | { readonly kind: 'open' }
  | { readonly kind: 'close' }
  | { readonly kind: 'word'; readonly word: string; readonly value: number | undefined }
  | { readonly kind: 'byte'; readonly byte: number }
  /** Bytes of a picture that are written as they are. */
  | { readonly kind: 'data'; readonly start: number; readonly end: number }
  | { readonly kind: 'text'; readonly start: number; readonly end: number };

const BACKSLASH = 0x5c;
const OPEN = 0x7b;
const CLOSE = 0x7d;

export function* rtfTokens(bytes: Uint8Array): Generator<RtfToken> {
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at] as number;
    if (byte === OPEN || byte === CLOSE) {
      yield { kind: byte === OPEN ? 'open' : 'close' };
      at += 1;
    } else if (byte === BACKSLASH) {
      const control = readControl(bytes, at + 1);
      yield control.token;
      at = control.end;
    } else if (byte === 0x0a || byte === 0x0d || byte === 0) at += 1;
    else {
      const start = at;
      while (at < bytes.length && !isSpecial(bytes[at] as number)) at += 1;
      yield { kind: 'text', start, end: at };
    }
  }
}

function isSpecial(byte: number): boolean {
  return (
    byte === OPEN ||
    byte === CLOSE ||
    byte === BACKSLASH ||
    byte === 0x0a ||
    byte === 0x0d ||
    byte === 0
  );
}

function readControl(bytes: Uint8Array, start: number): { token: RtfToken; end: number } {
  const first = bytes[start] ?? 0;
  if (!isLetter(first)) return readSymbol(bytes, start, first);
  let at = start;
  while (isLetter(bytes[at] ?? 0) && at - start < 40) at += 1;
  const word = latin(bytes, start, at);
  const digits = at;
  if (bytes[at] === 0x2d) at += 1;
  while (isDigit(bytes[at] ?? 0) && at - digits < 12) at += 1;
  const value = at > digits ? Number(latin(bytes, digits, at)) : undefined;
  if (bytes[at] === 0x20) at += 1;
  if (word === 'bin' && value !== undefined && value > 0) {
    const end = Math.min(bytes.length, at + value);
    return { token: { kind: 'data', start: at, end }, end };
  }
  return { token: { kind: 'word', word, value: Number.isNaN(value) ? undefined : value }, end: at };
}

function readSymbol(
  bytes: Uint8Array,
  start: number,
  first: number,
): { token: RtfToken; end: number } {
  if (first === 0x27) {
    const byte = parseInt(latin(bytes, start + 1, start + 3), 16);
    return { token: { kind: 'byte', byte: Number.isNaN(byte) ? 0x3f : byte }, end: start + 3 };
  }
  if (first === 0x0d || first === 0x0a)
    return { token: { kind: 'word', word: 'par', value: undefined }, end: start + 1 };
  const word = String.fromCharCode(first);
  return { token: { kind: 'word', word, value: undefined }, end: start + 1 };
}

function latin(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(
    bytes.buffer,
    bytes.byteOffset + start,
    Math.max(0, Math.min(end, bytes.length) - start),
  ).toString('latin1');
}

function isLetter(byte: number): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
