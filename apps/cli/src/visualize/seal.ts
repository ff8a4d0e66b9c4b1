import { createHash } from 'node:crypto';

/**
 * The last line of a page that `visualize` wrote holds the hash of all before it, so that a page which somebody
 * has changed, or which was never ours, is known from one that may be replaced.
 */
const LAST_LINE = /<!-- openkb visualize sha256-([0-9a-f]{64}) -->\n$/;
/** Bytes of the last line. */
const LENGTH = Buffer.byteLength(lastLine('0'.repeat(64)));

function lastLine(hash: string): string {
  return `<!-- openkb visualize sha256-${hash} -->\n`;
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export function sealed(page: string): Uint8Array {
  const body = Buffer.from(page.endsWith('\n') ? page : `${page}\n`);
  return Buffer.concat([body, Buffer.from(lastLine(hashOf(body)))]);
}

/** Whether these bytes are a page as `sealed` made it. */
export function isSealed(bytes: Uint8Array): boolean {
  const at = bytes.length - LENGTH;
  if (at < 0) return false;
  const hash = LAST_LINE.exec(Buffer.from(bytes.subarray(at)).toString('latin1'))?.[1];
  return hash === hashOf(bytes.subarray(0, at));
}
