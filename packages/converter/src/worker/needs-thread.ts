import type { Source } from '../document.ts';
import { extensionOf } from '../names.ts';
import { defaultLimits, type ConvertOptions } from '../options.ts';
import { sniff } from '../sniff.ts';

/** Time and memory for a plain text grow with its length: up to here they are next to nothing. */
const MOST_PLAIN_BYTES = 2 ** 20;
const PLAIN = new Set(['.md', '.markdown', '.txt', '.text', '']);

/** Whether the source is worth a thread: all is but short plain text, and what is refused for its size. */
export function needsThread({ name, bytes }: Source, { limits }: ConvertOptions): boolean {
  if (bytes.length > (limits?.sourceBytes ?? defaultLimits.sourceBytes)) return false;
  if (bytes.length > MOST_PLAIN_BYTES) return true;
  const kind = sniff(bytes);
  return kind !== 'empty' && !(kind === 'text' && PLAIN.has(extensionOf(name)));
}
