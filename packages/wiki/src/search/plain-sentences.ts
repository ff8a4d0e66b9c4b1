/**
 * The sentence rules of Unicode (UAX #29, SB1 to SB998) for text of ASCII, where they are few: making a segmenter takes
 * longer than all else that a search does with what it has found.
 */

/** Printable, without the semicolon: versions of Unicode differ about what it continues, and a Greek question ends with it. */
const PLAIN = /^[\t\x20-:<-~]*$/;

/** Whether `plainSentences` tells the sentences as a segmenter does. */
export const isPlain = (text: string): boolean => PLAIN.test(text);

/** Cuts a line of ASCII into sentences, each with the spaces behind it. */
export function plainSentences(text: string): string[] {
  const sentences: string[] = [];
  let start = 0;
  for (const match of text.matchAll(END)) {
    const end = match.index + match[0].length;
    if (end === text.length || goesOn(text, match.index, match[1] ?? '', end)) continue;
    sentences.push(text.slice(start, end));
    start = end;
  }
  if (start < text.length) sentences.push(text.slice(start));
  return sentences;
}

/** Marks at the end of a sentence, what closes quotations and brackets, spaces. */
const END = /([.!?])["'()[\]{}]*[\t ]*/g;

/** @param at of the mark; `end`: behind all that belongs to it */
function goesOn(text: string, at: number, mark: string, end: number): boolean {
  const next = text.charAt(end);
  // SB8a
  if (/[.!?,\-:]/.test(next)) return true;
  if (mark !== '.') return false;
  const isNext = end === at + 1;
  // SB6, SB7
  if (isNext && /\d/.test(next)) return true;
  if (isNext && /[A-Z]/.test(next) && /[A-Za-z]/.test(text.charAt(at - 1))) return true;
  // SB8
  LOWER.lastIndex = end;
  return LOWER.test(text);
}

const LOWER = /[^A-Za-z.!?]*[a-z]/y;
