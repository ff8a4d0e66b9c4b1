import { packSegment, type WordPostings } from './build-segment.ts';
import type { LiveSegment } from './search-index.ts';
import { eachPosting, entryCount, entryText, type Segment } from './segment.ts';

/** One segment of all pages of these that live, as if it had been built of them. */
export function mergeSegments(parts: readonly LiveSegment[]): Segment {
  const entries = new Map<string, WordPostings>();
  const pages = parts.flatMap(({ segment, dead }) =>
    segment.pages.filter(({ path }) => !dead.has(path)),
  );
  const lengths: number[] = [];
  for (const { segment, dead } of parts) {
    const numbers: number[] = [];
    for (const { path, count } of segment.pages) {
      const lives = !dead.has(path);
      for (let i = 0; i < count; i += 1) {
        const length = segment.lengths[numbers.length] ?? 0;
        numbers.push(lives ? lengths.length : -1);
        if (lives) lengths.push(length);
      }
    }
    for (let entry = 0; entry < entryCount(segment); entry += 1) {
      const text = entryText(segment, entry);
      const list = entries.get(text) ?? [];
      eachPosting(segment, entry, (passage, frequency) => {
        const number = numbers[passage] ?? -1;
        if (number >= 0) list.push(number, frequency);
      });
      if (list.length > 0) entries.set(text, list);
    }
  }
  return packSegment(pages, Uint32Array.from(lengths), entries);
}
