/**
 * Which lines of a page the model wrote. Every page that this compiler writes records short marks of its own
 * lines (`mark-comment.ts`); what has none was written by a person. Two rules keep this
 * true: a mark is of the words that a reader sees, so links that come and go do not change it; and where most
 * marks are gone, another program has rewritten the page, and the marks say nothing.
 */
import { createHash } from 'node:crypto';

import { linkText, rewriteLinks } from '@openkb/wiki';

/** The mark of one piece of a page: a line, or fenced code as a whole. 32 bits of SHA-256, in base 36. */
export function markOf(piece: string): string {
  const seen = rewriteLinks(piece, linkText).replace(/\s+$/gm, '').trim();
  return createHash('sha256').update(seen).digest().readUInt32BE().toString(36);
}

/** Marks of these pieces, each once, as a page records them. */
export function marksOf(pieces: Iterable<string>): string {
  const marks = new Set<string>();
  for (const piece of pieces) if (piece.trim() !== '') marks.add(markOf(piece));
  return [...marks].join(' ');
}

/** The recorded marks, undefined where the page has none that hold for these pieces. */
export function validMarks(
  recorded: string | undefined,
  pieces: readonly string[],
): ReadonlySet<string> | undefined {
  if (recorded === undefined || recorded.trim() === '') return undefined;
  const marks = new Set(recorded.trim().split(/\s+/));
  const present = new Set(pieces.map(markOf).filter((mark) => marks.has(mark)));
  return present.size * 2 >= marks.size ? marks : undefined;
}
