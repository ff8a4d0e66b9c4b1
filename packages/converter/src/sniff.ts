import { compoundKind, type CompoundKind } from './compound-kind.ts';
import { looksBinary } from './text/binary.ts';
import { containerKind, type ContainerKind } from './zip/container-kind.ts';

/** What the bytes say they are. `text` is anything readable that has no mark of its own. */
export type ContentKind =
  | 'empty'
  | 'pdf'
  | 'zip'
  | ContainerKind
  | CompoundKind
  | 'html'
  | 'mhtml'
  | 'rtf'
  | 'text'
  | 'binary';

const PDF_HEADER_WINDOW = 1024;
const HTML_START = /^<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])/i;

/** Reads the kind off the first bytes. A PDF may begin with up to a kilobyte of other bytes. */
export function sniff(bytes: Uint8Array): ContentKind {
  if (bytes.length === 0) return 'empty';
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]) || startsWith(bytes, [0x50, 0x4b, 0x05, 0x06]))
    return containerKind(bytes) ?? 'zip';
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return compoundKind(bytes);
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096)).toString(
    'latin1',
  );
  if (isPdf(head)) return 'pdf';
  if (head.startsWith('{\\rtf')) return 'rtf';
  if (isMhtml(head)) return 'mhtml';
  if (HTML_START.test(withoutPreamble(withoutZeroBytes(head)))) return 'html';
  return looksBinary(bytes) ? 'binary' : 'text';
}

/** A text that quotes `%PDF-` further down is text: junk before the header has control characters or is a line or two. */
function isPdf(head: string): boolean {
  const at = head.slice(0, PDF_HEADER_WINDOW).search(/%PDF-\d/);
  return at === 0 || (at > 0 && /%PDF-\d\.\d\s*[\r\n]+%?/.test(head.slice(at)));
}

/** The head of a message (RFC 2557) comes before anything else: fields, of which one says `multipart/related`. */
function isMhtml(head: string): boolean {
  if (!/^(?:[A-Za-z][A-Za-z-]{1,40}:)/.test(head)) return false;
  const fields = head.split(/\r?\n\r?\n/, 1)[0] ?? '';
  return /^MIME-Version:/im.test(fields) && /^Content-Type:\s*multipart\/related/im.test(fields);
}

/** UTF-16 text of ASCII letters has a zero byte beside each. */
function withoutZeroBytes(head: string): string {
  return /^(?:ÿþ|þÿ)/.test(head) ? head.slice(2).replaceAll('\0', '') : head;
}

/** Cuts white space, comments, a byte order mark and an XML declaration off the start. */
function withoutPreamble(head: string): string {
  let rest = head.replace(/^(?:\uFEFF|ï»¿)/, '').trimStart();
  for (;;) {
    const end = rest.startsWith('<!--') ? '-->' : rest.startsWith('<?xml') ? '?>' : undefined;
    const at = end === undefined ? -1 : rest.indexOf(end);
    if (end === undefined || at < 0) return rest;
    rest = rest.slice(at + end.length).trimStart();
  }
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}
