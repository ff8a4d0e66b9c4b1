/**
 * Which lines of a page the model wrote. Every page that this compiler writes records short marks of its own
 * lines in `written_lines` of the front matter; what has none was written by a person. Two rules keep this
 * true: a mark is of the words that a reader sees, so links that come and go do not change it; and where most
 * marks are gone, another program has rewritten the page, and the marks say nothing.
 */
import { createHash } from 'node:crypto';

import { linkText, rewriteLinks } from '@openkb/wiki';

const LENGTH = 6;

/** The mark of one piece of a page: a line, or fenced code as a whole. 36 bits of SHA-256. */
export function markOf(piece: string): string {
  const seen = rewriteLinks(piece, linkText).replace(/\s+$/gm, '').trim();
  return createHash('sha256').update(seen).digest('base64url').slice(0, LENGTH);
}

/** Marks of these pieces, each once, as front matter records them. */
export function marksOf(pieces: Iterable<string>): string {
  const marks = new Set<string>();
  for (const piece of pieces) if (piece.trim() !== '') marks.add(markOf(piece));
  return [...marks].join(' ');
}

/** The recorded marks, undefined where the page has none that hold for these pieces. */
export function validMarks(
  recorded: unknown,
  pieces: readonly string[],
): ReadonlySet<string> | undefined {
  if (typeof recorded !== 'string' || recorded.trim() === '') return undefined;
  const marks = new Set(recorded.trim().split(/\s+/));
  const present = new Set(pieces.map(markOf).filter((mark) => marks.has(mark)));
  return present.size * 2 >= marks.size ? marks : undefined;
}
