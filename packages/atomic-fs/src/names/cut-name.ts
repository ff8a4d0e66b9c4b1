/** A dot with what follows it: short and without spaces, else it is a part of the name. */
const EXTENSION = /(?<=.)\.[^. ]{1,16}$/su;

/** Made when a name is first too long: that takes longer than most that this package does. */
let segmenter: Intl.Segmenter | undefined;

/**
 * Shortens a name to `most` bytes of UTF-8 before its extension, between characters as people see
 * them (an emoji of several code points, a letter with its accents); one that alone is longer than
 * the room is cut between code points.
 * @param most at least 68, so that the longest extension leaves room for a character
 */
export function cutName(name: string, most: number): string {
  if (Buffer.byteLength(name) <= most) return name;
  const extension = EXTENSION.exec(name)?.[0] ?? '';
  const stem = name.slice(0, name.length - extension.length);
  const room = most - Buffer.byteLength(extension);
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  const graphemes = Array.from(segmenter.segment(stem), ({ segment }) => segment);
  return (prefix(graphemes, room) || prefix(stem, room)) + extension;
}

/** The longest beginning that fits. */
function prefix(pieces: Iterable<string>, room: number): string {
  let text = '';
  let bytes = 0;
  for (const piece of pieces) {
    bytes += Buffer.byteLength(piece);
    if (bytes > room) break;
    text += piece;
  }
  return text;
}
