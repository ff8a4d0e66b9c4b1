/** The parts of a message of several (RFC 2045, 2046, 2557), decoded. */
export interface MessagePart {
  /** Header fields by name in lower case, unfolded. */
  readonly fields: ReadonlyMap<string, string>;
  /** `text/html`, in lower case. */
  readonly mediaType: string;
  readonly charset: string | undefined;
  readonly bytes: Uint8Array;
}

export interface Message {
  readonly fields: ReadonlyMap<string, string>;
  readonly parts: readonly MessagePart[];
}

const MAXIMUM_DEPTH = 4;
const MOST_PARTS = 10_000;

/** `undefined` for a message that does not say where its parts begin. */
export function readMessage(bytes: Uint8Array): Message | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const { fields, body } = splitHead(text);
  const parts: MessagePart[] = [];
  const boundary = parameter(fields.get('content-type') ?? '', 'boundary');
  if (boundary === undefined) return undefined;
  collect(body, boundary, parts, 0);
  return { fields, parts };
}

function collect(body: string, boundary: string, parts: MessagePart[], depth: number): void {
  const mark = `--${boundary}`;
  let at = body.startsWith(mark) ? 0 : body.indexOf(`\n${mark}`) + 1;
  while ((at > 0 || body.startsWith(mark)) && parts.length < MOST_PARTS) {
    const start = body.indexOf('\n', at);
    if (start < 0 || body.startsWith('--', at + mark.length)) return;
    const next = body.indexOf(`\n${mark}`, start);
    const end = next < 0 ? body.length : next;
    addPart(body.slice(start + 1, end).replace(/\r$/, ''), parts, depth);
    if (next < 0) return;
    at = next + 1;
  }
}

function addPart(text: string, parts: MessagePart[], depth: number): void {
  const { fields, body } = splitHead(text);
  const type = fields.get('content-type') ?? 'text/plain';
  const mediaType = (type.split(';', 1)[0] ?? '').trim().toLowerCase();
  const boundary = parameter(type, 'boundary');
  if (mediaType.startsWith('multipart/') && boundary !== undefined) {
    if (depth < MAXIMUM_DEPTH) collect(body, boundary, parts, depth + 1);
    return;
  }
  const encoding = (fields.get('content-transfer-encoding') ?? '').trim().toLowerCase();
  parts.push({
    fields,
    mediaType,
    charset: parameter(type, 'charset'),
    bytes: decode(body, encoding),
  });
}

function splitHead(text: string): { fields: Map<string, string>; body: string } {
  const fields = new Map<string, string>();
  const [gap = ''] = /\r?\n\r?\n/.exec(text) ?? [];
  const end = gap === '' ? text.length : text.indexOf(gap);
  const head = text.slice(0, end).replace(/\r?\n[ \t]+/g, ' ');
  for (const line of head.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0)
      fields.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return { fields, body: text.slice(end + gap.length) };
}

function parameter(field: string, name: string): string | undefined {
  const match = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^\\s;]+))`, 'i').exec(field);
  const value = match?.[1] ?? match?.[2];
  return value === '' ? undefined : value;
}

function decode(body: string, encoding: string): Uint8Array {
  if (encoding === 'base64') return Buffer.from(body, 'base64');
  if (encoding === 'quoted-printable') return quotedPrintable(body);
  return Buffer.from(body, 'latin1');
}

function quotedPrintable(body: string): Uint8Array {
  const joined = body.replace(/[ \t]*=[ \t]*\r?\n/g, '');
  return Buffer.from(
    joined.replace(/=([0-9A-Fa-f]{2})/g, (_all, hex: string) =>
      String.fromCharCode(parseInt(hex, 16)),
    ),
    'latin1',
  );
}

/** Words of other charsets in a header field (RFC 2047). */
export function decodeWords(field: string): string {
  return field
    .replace(/(\?=)\s+(=\?)/g, '$1$2')
    .replace(
      /=\?([\w-]{1,40})\?([bq])\?([^?\s]*)\?=/gi,
      (all, charset: string, how: string, text: string) => {
        const bytes = /b/i.test(how)
          ? Buffer.from(text, 'base64')
          : quotedPrintable(text.replaceAll('_', ' '));
        try {
          return new TextDecoder(charset).decode(bytes);
        } catch {
          return all;
        }
      },
    );
}
