/** A body in pieces: lines, with fenced code and kept parts in one piece each. */
import { piecesOf } from '../../extractive/pages/own-lines.ts';

export { piecesOf };

const KEEP = '<!-- keep -->';

export function isBlank(piece: string): boolean {
  return piece.trim() === '';
}

/** Holds a part that a person marked to be kept. */
export function isKept(piece: string): boolean {
  return piece.includes(KEEP);
}

export interface HeadingPiece {
  readonly level: number;
  readonly key: string;
}

/** An ATX heading, with the key under which it is found again. */
export function headingOf(piece: string): HeadingPiece | undefined {
  if (piece.includes('\n')) return undefined;
  const match = /^(#{1,6})[ \t]+(\S.*)$/.exec(piece);
  if (match === null) return undefined;
  return { level: match[1]?.length ?? 1, key: headingKey(match[2] ?? '') };
}

/** The words of a heading alone: case, marks and punctuation do not count. */
export function headingKey(words: string): string {
  return words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Joined, with at most one blank line between two pieces and none at the ends. */
export function joinPieces(pieces: readonly string[]): string {
  const tidy: string[] = [];
  for (const piece of pieces) {
    if (isBlank(piece) && (tidy.length === 0 || isBlank(tidy.at(-1) ?? ''))) continue;
    tidy.push(isBlank(piece) ? '' : piece);
  }
  while (tidy.length > 0 && isBlank(tidy.at(-1) ?? '')) tidy.pop();
  return tidy.join('\n');
}

/** Where the section that is open at `index` ends: the next heading of its level or above, or the end. */
export function sectionEnd(pieces: readonly string[], index: number, level: number): number {
  const end = pieces.findIndex(
    (piece, at) => at > index && (headingOf(piece)?.level ?? 7) <= level,
  );
  return end === -1 ? pieces.length : end;
}
