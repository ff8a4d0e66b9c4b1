/**
 * `Long Form (LF)` pairs, after Schwartz and Hearst (2003): from the right, each letter of the short
 * form is found in the long form, the first at the beginning of a word.
 */
import type { Paragraph } from '../shapes.ts';
import { type Steps, eachInSteps, textLength } from '../steps.ts';
import { compareText } from '../text/keys.ts';

export interface Acronym {
  readonly short: string;
  /** As written at its first definition. */
  readonly long: string;
}

const SHORT_FORM =
  /\(\s?"?(\p{Lu}[\p{L}\p{N}&/-]{1,9}|\p{Ll}\p{Lu}[\p{L}\p{N}]{1,8})"?(?:,[^()]{0,40})?\)/gu;

/** Acronyms by their short form without a plural s; the first definition counts. */
export function* findAcronyms(
  paragraphs: readonly Paragraph[],
): Steps<ReadonlyMap<string, Acronym>> {
  const acronyms = new Map<string, Acronym>();
  yield* eachInSteps(paragraphs, textLength, ({ text }) => {
    for (const match of text.matchAll(SHORT_FORM)) {
      const short = (match[1] ?? '').replace(/(?<=\p{Lu})s$/u, '');
      if (acronyms.has(short) || !isShortForm(short)) continue;
      const before = text.slice(Math.max(0, match.index - 120), match.index).trimEnd();
      const long = longForm(short, before) ?? shuffledForm(short, before);
      if (long !== undefined) acronyms.set(short, { short, long });
    }
  });
  return acronyms;
}

function isShortForm(short: string): boolean {
  const capitals = short.match(/\p{Lu}/gu)?.length ?? 0;
  return capitals >= 2 && capitals * 2 >= short.length;
}

function sorted(letters: string): string {
  return Array.from(letters.toLowerCase()).toSorted(compareText).join('');
}

/** `Coordinated Universal Time (UTC)`: the initials of the words before, in another order. */
function shuffledForm(short: string, before: string): string | undefined {
  const words = before.split(/\s+/).slice(-short.length);
  const capitals = words.every((word) => /^\p{Lu}\p{L}+$/u.test(word));
  const initials = words.map((word) => word.charAt(0)).join('');
  return capitals && words.length >= 3 && sorted(initials) === sorted(short)
    ? words.join(' ')
    : undefined;
}

/** The shortest run of words at the end of `before` that spells the short form. */
function longForm(short: string, before: string): string | undefined {
  const clause = before.slice(
    Math.max(...['.', ';', ':', '(', ')', '"'].map((mark) => before.lastIndexOf(mark))) + 1,
  );
  const letters = Array.from(short.toLowerCase()).filter((letter) => /[\p{L}\p{N}]/u.test(letter));
  let at = clause.length;
  for (const [index, letter] of [...letters.entries()].toReversed()) {
    at = letterBefore(clause, at, letter, index === 0);
    if (at < 0) return undefined;
  }
  const long = clause
    .slice(at)
    .replace(/^["']|["']$/g, '')
    .trim();
  const words = long.split(/[\s-]+/);
  const most = Math.min(letters.length + 5, letters.length * 2);
  const plausible =
    words.length >= 2 &&
    words.length <= most &&
    long.length > short.length &&
    !/[,]/.test(long) &&
    !words.some((word) => word === short);
  return plausible ? long : undefined;
}

/** Place of a letter before `end`, at the beginning of a word if it must be; -1 when there is none. */
function letterBefore(clause: string, end: number, letter: string, atWordStart: boolean): number {
  for (let at = end - 1; at >= 0; at -= 1) {
    if (clause[at]?.toLowerCase() !== letter) continue;
    if (!atWordStart || !/[\p{L}\p{N}]/u.test(clause[at - 1] ?? ' ')) return at;
  }
  return -1;
}
