import type { Segment, SegmentPage } from './segment.ts';
import { VarintWriter } from './varint.ts';

/** The text of an entry; passage numbers and frequencies in turn, passages ascending. */
export type PackedEntry = readonly [text: string, postings: ArrayLike<number>];

/** Lays entries, ascending by their text, out as a segment. */
export function packSegment(
  pages: readonly SegmentPage[],
  lengths: Uint32Array,
  entries: Iterable<PackedEntry>,
): Segment {
  const writer = new VarintWriter();
  const texts: string[] = [];
  const entryStarts = [0];
  const postingStarts = [0];
  let length = 0;
  for (const [text, postings] of entries) {
    texts.push(text);
    length += Buffer.byteLength(text);
    writer.writePairs(postings);
    entryStarts.push(length);
    postingStarts.push(writer.length);
  }
  return {
    pages,
    lengths,
    entries: Buffer.from(texts.join('')),
    entryStarts: Uint32Array.from(entryStarts),
    postings: Buffer.from(writer.bytes()),
    postingStarts: Uint32Array.from(postingStarts),
  };
}
