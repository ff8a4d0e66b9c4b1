/** A piece of a text and where in it the piece begins. */
export interface Piece {
  readonly text: string;
  readonly start: number;
}

/**
 * Cuts a text into pieces of at most `limit` characters: behind the last full stop in reach, else at the last white
 * space, else where the limit falls, but never inside a character.
 */
export function splitText(text: string, limit: number): Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  while (text.length - start > limit) {
    const end = start + cutPoint(text.slice(start, start + limit));
    pieces.push({ text: text.slice(start, end), start });
    start = end;
  }
  if (start < text.length) pieces.push({ text: text.slice(start), start });
  return pieces;
}

function cutPoint(window: string): number {
  const least = window.length / 3;
  let stop = 0;
  for (const { index, 0: match } of window.matchAll(/[.!?]["')\]]?\s|[。！？；]|\n/g)) {
    stop = index + match.length;
  }
  if (stop > least) return stop;
  const space = window.search(/\s\S*$/) + 1;
  if (space > least) return space;
  const last = window.charCodeAt(window.length - 1);
  return window.length > 1 && last >= 0xd800 && last < 0xdc00 ? window.length - 1 : window.length;
}
