import type { HttpAnswer } from './http/http.ts';
import { decoded } from './web-address.ts';

/** UTF-16 units. */
const MOST = 255;
const ENDING = /[^.]\.[\p{L}\p{N}]{1,8}$/u;

/**
 * A name for what was downloaded: what the server says, else the end of the path that has an ending,
 * the final URL's before the first one's, else any end of a path, else the host.
 */
export function fileNameOf(answer: HttpAnswer, asked: URL, final: URL): string {
  const said = dispositionName(answer.header('content-disposition') ?? '');
  const ends = [final, asked].map(({ pathname }) => plainName(decoded(lastSegment(pathname))));
  const names = [plainName(said), ...ends.filter((name) => ENDING.test(name)), ...ends];
  return names.find((name) => name !== '') ?? final.hostname.replace(/^\[|\]$/g, '');
}

const lastSegment = (pathname: string) => pathname.replace(/\/+$/, '').split('/').at(-1) ?? '';

/** The name in a `Content-Disposition` header (RFC 6266): the encoded form before the plain one. */
function dispositionName(value: string): string {
  const coded = /;\s*filename\*\s*=\s*"?([\w-]*)'[\w-]*'([^;"]*)/i.exec(value);
  if (coded !== null) return decodeCoded(coded[1] ?? '', coded[2]?.trim() ?? '');
  const quoted = /;\s*filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(value)?.[1];
  const plain = quoted ?? /;\s*filename\s*=\s*([^;]*)/i.exec(value)?.[1]?.trim() ?? '';
  // servers send UTF-8 in spite of the standard, and Node reads headers as Latin-1
  const text = utf8(Buffer.from(plain.replace(/\\(["\\])/g, '$1'), 'latin1')) ?? plain;
  return /%[0-9a-f]{2}/i.test(text) ? decoded(text) : text;
}

function decodeCoded(charset: string, text: string): string {
  if (charset.toLowerCase() !== 'iso-8859-1') return decoded(text);
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Without directories, control characters, marks that turn the direction of writing, and dots alone. */
function plainName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const plain = last.replace(/[\p{Cc}\p{Cs}\u2028-\u202E\u2066-\u2069]/gu, '').trim();
  return /^\.*$/.test(plain) ? '' : plain.slice(-MOST);
}
