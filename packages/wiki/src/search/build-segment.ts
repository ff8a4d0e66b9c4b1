import { definitionKeys } from './definition.ts';
import type { Passage } from './passage.ts';
import { pageLanguage, type SearchedPage } from './searched-page.ts';
import type { Segment, SegmentPage } from './segment.ts';
import { stem } from './stem.ts';
import { stopWords } from './stop-words.ts';
import { VarintWriter } from './varint.ts';
import { wordsOf } from './words.ts';

const TITLE_WEIGHT = 3;

/** Passage numbers and frequencies of a word in turn, ascending. */
export type WordPostings = number[];

/** Analyses pages, each in its own language; `most` is the language of those too short to tell. */
export function buildSegment(pages: readonly SearchedPage[], most: string): Segment {
  const words = new Map<string, Map<string, WordPostings>>();
  const analysed: SegmentPage[] = [];
  const lengths: number[] = [];
  for (const page of pages) {
    const language = pageLanguage(page, most);
    const ofLanguage = words.get(language) ?? new Map<string, WordPostings>();
    words.set(language, ofLanguage);
    for (const passage of page.passages) {
      const frequencies = countWords(passage, language);
      let length = 0;
      for (const [word, frequency] of frequencies) {
        length += frequency;
        const list = ofLanguage.get(word);
        if (list === undefined) ofLanguage.set(word, [lengths.length, frequency]);
        else list.push(lengths.length, frequency);
      }
      lengths.push(length);
    }
    const [first] = page.passages;
    const names = first === undefined ? [] : definitionKeys(first, language);
    const { path, guess, sample } = page;
    const count = page.passages.length;
    analysed.push({ path, guess, sample, language, count, names: `\n${names.join('\n')}\n` });
  }
  return packSegment(analysed, Uint32Array.from(lengths), entriesOf(words));
}

function countWords(passage: Passage, language: string): Map<string, number> {
  const { title, heading, aliases = [], text } = passage;
  const stops = stopWords(language);
  const frequencies = new Map<string, number>();
  const count = (from: string, weight: number): void => {
    const add = (word: string): void => {
      if (!stops.has(word)) frequencies.set(word, (frequencies.get(word) ?? 0) + weight);
    };
    for (const { whole, parts } of wordsOf(from, language)) {
      if (stops.has(whole)) continue;
      add(whole);
      for (const part of parts) add(part);
    }
  };
  count(text, 1);
  count([title, heading, ...aliases].join('\n'), TITLE_WEIGHT);
  return frequencies;
}

function* entriesOf(
  words: ReadonlyMap<string, ReadonlyMap<string, WordPostings>>,
): Generator<[string, WordPostings]> {
  for (const [language, ofLanguage] of words)
    for (const [word, postings] of ofLanguage)
      yield [`${stem(word, language)}\t${language}\t${word}`, postings];
}

/** Lays entries, in any order, out as a segment. */
export function packSegment(
  pages: readonly SegmentPage[],
  lengths: Uint32Array,
  entries: Iterable<readonly [string, WordPostings]>,
): Segment {
  const sorted = [...entries].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const writer = new VarintWriter();
  const texts: Buffer[] = [];
  const entryStarts = new Uint32Array(sorted.length + 1);
  const postingStarts = new Uint32Array(sorted.length + 1);
  let length = 0;
  for (const [n, [text, postings]] of sorted.entries()) {
    const bytes = Buffer.from(text);
    texts.push(bytes);
    length += bytes.length;
    let last = 0;
    for (let i = 0; i < postings.length; i += 2) {
      const passage = postings[i] ?? 0;
      writer.write(passage - last);
      writer.write(postings[i + 1] ?? 0);
      last = passage;
    }
    entryStarts[n + 1] = length;
    postingStarts[n + 1] = writer.length;
  }
  const postings = Buffer.from(writer.bytes());
  return { pages, lengths, entries: Buffer.concat(texts), entryStarts, postings, postingStarts };
}
