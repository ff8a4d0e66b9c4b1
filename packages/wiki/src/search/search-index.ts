import { buildSegment } from './build-segment.ts';
import { nearEntries } from './near-entries.ts';
import type { Passage } from './passage.ts';
import { mostLanguage, searchedPage, type SearchedPage } from './searched-page.ts';
import {
  eachPosting,
  entriesOfTerm,
  entryText,
  type Segment,
  type SegmentPage,
  type SegmentWord,
  wordOfEntry,
} from './segment.ts';

/** A segment with the paths of those of its pages that are gone or lie in another one. */
export interface LiveSegment {
  readonly segment: Segment;
  readonly dead: ReadonlySet<string>;
}

interface Part {
  readonly segment: Segment;
  /** Number of its first passage. */
  readonly offset: number;
  /** No page of it is dead. */
  readonly whole: boolean;
}

/** Passages that have a term, and how often each; in no order. */
export interface Postings {
  readonly passages: readonly number[];
  readonly frequencies: readonly number[];
}

/** No page: that of a passage whose page is dead. */
const DEAD = -1;

/** What `searchPassages` searches: segments as one index. Passages have numbers from 0 on, over all segments. */
export class SearchIndex {
  /** Number of passages. */
  readonly size: number;
  /** Terms of a passage, on average. */
  readonly averageLength: number;
  /** Languages of the pages, sorted. */
  readonly languages: readonly string[];
  readonly #parts: readonly Part[];
  readonly #pages: readonly SegmentPage[];
  /** Number of each page's first passage. */
  readonly #firsts: Uint32Array;
  /** Of each passage: its page, and its terms. */
  readonly #pageOf: Int32Array;
  readonly #lengths: Uint32Array;
  readonly #passagesOf: (path: string) => readonly Passage[];
  readonly #postings = new Map<string, Postings>();

  /** @param passagesOf the passages of a page, as they were when it was analysed */
  constructor(parts: readonly LiveSegment[], passagesOf: (path: string) => readonly Passage[]) {
    this.#passagesOf = passagesOf;
    this.#pages = parts.flatMap(({ segment }) => segment.pages);
    const numbers = parts.reduce((count, { segment }) => count + segment.lengths.length, 0);
    this.#firsts = new Uint32Array(this.#pages.length);
    this.#pageOf = new Int32Array(numbers).fill(DEAD);
    this.#lengths = new Uint32Array(numbers);
    const languages = new Set<string>();
    let total = 0;
    let size = 0;
    let page = 0;
    let number = 0;
    this.#parts = parts.map(({ segment, dead }) => {
      const offset = number;
      this.#lengths.set(segment.lengths, offset);
      for (const { path, language, count } of segment.pages) {
        this.#firsts[page] = number;
        if (count > 0 && !dead.has(path)) {
          this.#pageOf.fill(page, number, number + count);
          for (let i = number; i < number + count; i += 1) total += this.#lengths[i] ?? 0;
          size += count;
          languages.add(language);
        }
        number += count;
        page += 1;
      }
      return { segment, offset, whole: dead.size === 0 };
    });
    this.size = size;
    this.averageLength = total / Math.max(1, size);
    this.languages = [...languages].toSorted();
  }

  /** One more than the greatest number of a passage. */
  get end(): number {
    return this.#pageOf.length;
  }

  postings(term: string): Postings {
    let found = this.#postings.get(term);
    if (found === undefined) this.#postings.set(term, (found = this.#readPostings(term)));
    return found;
  }

  #readPostings(term: string): Postings {
    const passages: number[] = [];
    const frequencies: number[] = [];
    // a passage may have several words of the term
    let places: Map<number, number> | undefined;
    for (const { segment, offset } of this.#parts) {
      const [from, to] = entriesOfTerm(segment, term);
      for (let entry = from; entry < to; entry += 1) {
        if (entry > from) places ??= new Map(passages.map((number, place) => [number, place]));
        eachPosting(segment, entry, (passage, frequency) => {
          const number = passage + offset;
          if (this.#pageOf[number] === DEAD) return;
          const place = places?.get(number);
          if (place === undefined) {
            places?.set(number, passages.length);
            passages.push(number);
            frequencies.push(frequency);
          } else frequencies[place] = (frequencies[place] ?? 0) + frequency;
        });
      }
    }
    return { passages, frequencies };
  }

  /** The words of a language that are one edit from a word; one that several segments have comes several times. */
  *near(word: string, language: string): Generator<SegmentWord> {
    for (const part of this.#parts)
      for (const entry of nearEntries(part.segment, word, language))
        if (this.#lives(part, entry)) yield wordOfEntry(entryText(part.segment, entry));
  }

  #lives({ segment, offset, whole }: Part, entry: number): boolean {
    if (whole) return true;
    let lives = false;
    eachPosting(segment, entry, (passage) => {
      lives ||= this.#pageOf[passage + offset] !== DEAD;
    });
    return lives;
  }

  /** Terms of a passage, title and heading counted three times. */
  length(number: number): number {
    return this.#lengths[number] ?? 0;
  }

  /** The page of a passage. */
  page(number: number): SegmentPage | undefined {
    return this.#pages[this.#pageOf[number] ?? DEAD];
  }

  /** The passage; `undefined` where its page is not what it was when it was analysed. */
  passage(number: number): Passage | undefined {
    const page = this.page(number);
    const place = number - (this.#firsts[this.#pageOf[number] ?? DEAD] ?? 0);
    return page && this.#passagesOf(page.path)[place];
  }

  /** The first passage of the page that has one of these names: a concept before an entity before another, then by path. */
  definition(names: Iterable<string>): number | undefined {
    const lines = [...names].map((name) => `\n${name}\n`);
    let best: { readonly number: number; readonly path: string } | undefined;
    for (const [page, first] of this.#firsts.entries()) {
      const { path, names: own = '' } = this.#pages[page] ?? {};
      if (this.#pageOf[first] !== page || path === undefined) continue;
      if (!lines.some((line) => own.includes(line))) continue;
      if (best === undefined || comesBefore(path, best.path)) best = { number: first, path };
    }
    return best?.number;
  }
}

function comesBefore(path: string, other: string): boolean {
  return rank(path) < rank(other) || (rank(path) === rank(other) && path < other);
}

function rank(path: string): number {
  if (path.startsWith('concepts/')) return 0;
  return path.startsWith('entities/') ? 1 : 2;
}

/** The directory of a page, of which all pages too short to tell have the language of most of its text. */
const directoryOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/** Builds the index. Each page is analysed in its own language; a page too short to tell, in that of most of its directory. */
export function buildSearchIndex(passages: readonly Passage[]): SearchIndex {
  const byPage = new Map<string, Passage[]>();
  for (const passage of passages) {
    const list = byPage.get(passage.page);
    if (list === undefined) byPage.set(passage.page, [passage]);
    else list.push(passage);
  }
  const directories = new Map<string, SearchedPage[]>();
  for (const [path, ofPage] of byPage) {
    const list = directories.get(directoryOf(path)) ?? [];
    directories.set(directoryOf(path), list);
    list.push(searchedPage(path, ofPage));
  }
  const segments = [...directories.values()].map((pages) => ({
    segment: buildSegment(pages, mostLanguage(pages)),
    dead: new Set<string>(),
  }));
  return new SearchIndex(segments, (path) => byPage.get(path) ?? []);
}
