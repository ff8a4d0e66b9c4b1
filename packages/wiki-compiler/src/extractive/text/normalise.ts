/**
 * One spelling for the same text: what PDF readers, word processors and keyboards write differently
 * is made equal before anything is counted or quoted.
 */

import type { Steps } from '../steps.ts';

const LIGATURES: Readonly<Record<string, string>> = {
  ﬀ: 'ff',
  ﬁ: 'fi',
  ﬂ: 'fl',
  ﬃ: 'ffi',
  ﬄ: 'ffl',
  ﬅ: 'st',
  ﬆ: 'st',
};

/** NFC, ligatures as letters, straight quotes, plain spaces, no soft hyphens, zero-width or control characters. */
export function normaliseText(text: string): string {
  return (
    text
      .normalize('NFC')
      .replace(/\r\n?/g, '\n')
      .replace(/[ﬀ-ﬆ]/g, (letter) => LIGATURES[letter] ?? letter)
      .replace(/[\u00AD\u200B-\u200D\u2060\uFEFF]/g, '')
      .replace(/[“”„‟«»″]/g, '"')
      .replace(/[‘’‚‛′]/g, "'")
      .replace(/[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000\t\v]/g, ' ')
      .replace(/[\u2028\u2029]/g, '\n')
      // eslint-disable-next-line no-control-regex -- control characters are what is removed
      .replace(/[\u0000-\u0009\u000B\u000E-\u001F\u007F-\u009F\uE000-\uF8FF\uFFFD]/g, ' ')
  );
}

/** Runs of white space as one space, none at the ends. */
export function collapseSpaces(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Least characters that are normalised at once; the piece ends with its line. */
const PIECE = 200_000;

/** `normaliseText` in steps: nothing that it changes reaches across the end of a line. */
export function* normaliseSteps(text: string): Steps<string> {
  const pieces: string[] = [];
  for (let from = 0; from < text.length;) {
    const end = text.indexOf('\n', from + PIECE);
    const to = end < 0 ? text.length : end + 1;
    pieces.push(normaliseText(text.slice(from, to)));
    from = to;
    yield;
  }
  return pieces.join('');
}
