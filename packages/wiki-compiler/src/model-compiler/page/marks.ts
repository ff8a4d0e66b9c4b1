/**
 * Which lines of a page the model wrote. Every page that this compiler writes records short marks of its own
 * lines (`mark-comment.ts`); what has none was written by a person, all of the page if need be. A mark is of
 * the words that a reader sees, so that links that come and go do not change it. A program that writes the
 * page anew takes the marks with it; one that copies them leaves a page of which nothing is given up.
 */
import { linkText, rewriteLinks } from '@openkb/wiki';

import { fingerprint } from '../../prompts/fingerprint.ts';

/** The mark of one piece of a page: a line, or fenced code as a whole. 32 bits in base 36. */
export function markOf(piece: string): string {
  const seen = rewriteLinks(piece, linkText).replace(/\s+$/gm, '').trim();
  return fingerprint(seen).toString(36);
}

/** Marks of these pieces, each once, as a page records them. */
export function marksOf(pieces: Iterable<string>): string {
  const marks = new Set<string>();
  for (const piece of pieces) if (piece.trim() !== '') marks.add(markOf(piece));
  return [...marks].join(' ');
}

/** The recorded marks as a set; undefined for a page without any. */
export function marksIn(recorded: string | undefined): ReadonlySet<string> | undefined {
  if (recorded === undefined || recorded.trim() === '') return undefined;
  return new Set(recorded.trim().split(/\s+/));
}
