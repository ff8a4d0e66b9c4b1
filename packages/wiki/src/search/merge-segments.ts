import { packSegment, type PackedEntry } from './pack-segment.ts';
import type { LiveSegment } from './search-index.ts';
import { eachPosting, entryCount, entryText, type Segment } from './segment.ts';

/** One segment of all pages of these that live, as if it had been built of them. */
export function mergeSegments(parts: readonly LiveSegment[]): Segment {
  const pages = parts.flatMap(({ segment, dead }) =>
    segment.pages.filter(({ path }) => !dead.has(path)),
  );
  const lengths: number[] = [];
  const places = parts.map((part) => new Place(part, lengths));
  return packSegment(pages, Uint32Array.from(lengths), merged(places));
}

/** How far the entries of a segment have been merged. */
class Place {
  readonly segment: Segment;
  /** New number of each passage; -1 for one that is dead. */
  readonly #numbers: Int32Array;
  #entry = 0;
  /** Of the entry that is next; `undefined` behind the last. */
  text: string | undefined;

  /** @param lengths of the passages that live, to which those of this segment are added */
  constructor({ segment, dead }: LiveSegment, lengths: number[]) {
    this.segment = segment;
    this.#numbers = new Int32Array(segment.lengths.length);
    let passage = 0;
    for (const { path, count } of segment.pages) {
      const lives = !dead.has(path);
      for (const end = passage + count; passage < end; passage += 1) {
        this.#numbers[passage] = lives ? lengths.length : -1;
        if (lives) lengths.push(segment.lengths[passage] ?? 0);
      }
    }
    this.#look();
  }

  #look(): void {
    const { segment } = this;
    this.text = this.#entry < entryCount(segment) ? entryText(segment, this.#entry) : undefined;
  }

  /** Adds what lives of the entry, and goes on to the next. */
  take(postings: number[]): void {
    eachPosting(this.segment, this.#entry, (passage, frequency) => {
      const number = this.#numbers[passage] ?? -1;
      if (number >= 0) postings.push(number, frequency);
    });
    this.#entry += 1;
    this.#look();
  }
}

/** The entries of all, ascending, those of one text as one; an entry of which nothing lives is left out. */
function* merged(places: readonly Place[]): Generator<PackedEntry> {
  for (;;) {
    let text: string | undefined;
    for (const place of places)
      if (place.text !== undefined && (text === undefined || place.text < text)) text = place.text;
    if (text === undefined) return;
    const postings: number[] = [];
    for (const place of places) if (place.text === text) place.take(postings);
    if (postings.length > 0) yield [text, postings];
  }
}
