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
  // what is behind the last stop is short, what is before it long
  for (let end = window.length; end > least; end -= 1) if (isStop(window, end)) return end;
  const space = window.search(/\s\S*$/) + 1;
  if (space > least) return space;
  const last = window.charCodeAt(window.length - 1);
  return window.length > 1 && last >= 0xd800 && last < 0xdc00 ? window.length - 1 : window.length;
}

/** Whether a sentence or a line ends right before `end`: the space behind a full stop belongs to it. */
function isStop(text: string, end: number): boolean {
  const last = text.charCodeAt(end - 1);
  if (last === 0x0a || isOneOf('。！？；', last)) return true;
  if (last > 0x20 && last < 0x80) return false;
  const mark = text.charCodeAt(end - 2);
  const closes =
    isOneOf('.!?', mark) || (isOneOf('"\')]', mark) && isOneOf('.!?', text.charCodeAt(end - 3)));
  return closes && /\s/.test(text.charAt(end - 1));
}

const isOneOf = (characters: string, unit: number): boolean => {
  for (let i = 0; i < characters.length; i += 1) if (characters.charCodeAt(i) === unit) return true;
  return false;
};
