/** What bytes are, as far as a file's ending needs to know it. */
export type KindOfBytes = 'pdf' | 'page' | 'text' | 'other';

/** Bytes that are looked at. */
const HEAD = 4096;
/** ZIP, and the old container of office programs. */
const CONTAINERS = ['504b0304', 'd0cf11e0'].map((hex) => Buffer.from(hex, 'hex'));

export function kindOfBytes(bytes: Uint8Array): KindOfBytes {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(HEAD, bytes.length));
  const text = decode(head);
  if (/^[\s\S]{0,1024}?%PDF-\d/.test(head.toString('latin1'))) return 'pdf';
  if (/^<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])/i.test(withoutPreamble(text)))
    return 'page';
  const isContainer = CONTAINERS.some((mark) => head.subarray(0, 4).equals(mark));
  return isContainer || text.includes('\0') ? 'other' : 'text';
}

/** Latin-1, or UTF-16 where a mark says so: all that is looked for is ASCII. */
function decode(head: Buffer): string {
  const mark = head.toString('latin1', 0, 2);
  if (mark === '\u00FF\u00FE') return head.subarray(2).toString('utf16le');
  if (mark === '\u00FE\u00FF')
    return head
      .subarray(2, head.length - (head.length % 2))
      .swap16()
      .toString('utf16le');
  return head.toString('latin1').replace(/^\u00EF\u00BB\u00BF/, '');
}

/** Cuts white space, comments, and an XML declaration off the start. */
function withoutPreamble(text: string): string {
  let rest = text.trimStart();
  for (;;) {
    const end = rest.startsWith('<!--') ? '-->' : rest.startsWith('<?xml') ? '?>' : undefined;
    const at = end === undefined ? -1 : rest.indexOf(end);
    if (end === undefined || at < 0) return rest;
    rest = rest.slice(at + end.length).trimStart();
  }
}
