/**
 * A **segment**: an inverted index of some pages that is never changed. Postings are kept by word, not by
 * term, so that a word that occurs in no page any more is no word of the wiki; the words of a term lie
 * side by side. Numbers and texts lie in a few long arrays, which are written to a file and read from
 * it as they are (`segment-file.ts`).
 */
import { VarintReader } from './varint.ts';

/** A page of a segment. */
export interface SegmentPage {
  readonly path: string;
  readonly guess: string;
  readonly sample: number;
  /** The language in which it was analysed. */
  readonly language: string;
  /** Number of its passages. */
  readonly count: number;
  /** Names under which it is found by the question what they are, a line each, with a line feed before and after. */
  readonly names: string;
}

export interface Segment {
  readonly pages: readonly SegmentPage[];
  /** Terms of each passage, title and heading counted three times; passages are numbered in the order of the pages. */
  readonly lengths: Uint32Array;
  /** Ascending: `term`, tab, language, tab, word; entry `n` is `entries[entryStarts[n] .. entryStarts[n + 1]]`, UTF-8. */
  readonly entries: Buffer;
  readonly entryStarts: Uint32Array;
  /** Of entry `n` from `postingStarts[n]` to `postingStarts[n + 1]`: distance from the last passage, frequency, .... */
  readonly postings: Uint8Array;
  readonly postingStarts: Uint32Array;
}

/** A word of a language, its term, and the number of its entry. */
export interface SegmentWord {
  readonly term: string;
  readonly language: string;
  readonly word: string;
}

export const entryCount = (segment: Segment): number => segment.entryStarts.length - 1;

export function entryText({ entries, entryStarts }: Segment, entry: number): string {
  return entries.toString('utf8', entryStarts[entry], entryStarts[entry + 1]);
}

export function wordOfEntry(text: string): SegmentWord {
  const [term = '', language = '', word = ''] = text.split('\t');
  return { term, language, word };
}

/** Numbers of the entries of a term: from the first, up to and without the second. */
export function entriesOfTerm(segment: Segment, term: string): readonly [number, number] {
  const from = lowerBound(segment, `${term}\t`);
  // a line feed is the character after a tab
  return [from, lowerBound(segment, `${term}\n`)];
}

function lowerBound(segment: Segment, text: string): number {
  let low = 0;
  let high = entryCount(segment);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (entryText(segment, middle) < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Calls `visit` with each passage that has the word, ascending, and how often. */
export function eachPosting(
  { postings, postingStarts }: Segment,
  entry: number,
  visit: (passage: number, frequency: number) => void,
): void {
  const reader = new VarintReader(postings, postingStarts[entry]);
  const end = postingStarts[entry + 1] ?? 0;
  let passage = 0;
  while (reader.position < end) {
    passage += reader.read();
    visit(passage, reader.read());
  }
}
