/** Multipart form bodies (RFC 7578) into parts. */

export interface FormPart {
  readonly name: string;
  readonly fileName?: string;
  readonly bytes: Buffer;
}

const CRLF = '\r\n';

const parameter = (header: string, name: string): string | undefined =>
  new RegExp(`[; ]${name}="((?:[^"\\\\]|\\\\.)*)"`, 'i').exec(header)?.[1];

const readPart = (bytes: Buffer): FormPart | undefined => {
  const end = bytes.indexOf(CRLF + CRLF);
  if (end < 0) return undefined;
  const header = bytes.subarray(0, end).toString('utf8');
  const name = parameter(header, 'name');
  const fileName = parameter(header, 'filename');
  if (name === undefined) return undefined;
  const body = bytes.subarray(end + 4, bytes.length - CRLF.length);
  return fileName === undefined ? { name, bytes: body } : { name, fileName, bytes: body };
};

/** The parts of a body, or `undefined` where the body is not multipart or is cut off. */
export const readMultipart = (type: string, body: Buffer): readonly FormPart[] | undefined => {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type);
  const mark = boundary?.[1] ?? boundary?.[2];
  if (!type.startsWith('multipart/form-data') || mark === undefined) return undefined;
  const delimiter = Buffer.from(`--${mark}`);
  const parts: FormPart[] = [];
  let at = body.indexOf(delimiter);
  while (at >= 0) {
    const from = at + delimiter.length;
    if (body.subarray(from, from + 2).toString() === '--') return parts;
    const next = body.indexOf(delimiter, from);
    if (next < 0) return undefined;
    const part = readPart(body.subarray(from + CRLF.length, next));
    if (part) parts.push(part);
    at = next;
  }
  return undefined;
};
