/**
 * A segment as bytes and back: a line of JSON with the sizes of what follows, the pages as JSON,
 * the lengths, the two arrays of starts (all little-endian), the entries, the postings. To be kept by whoever makes sure that
 * the bytes are those that were written: nothing is checked here.
 */
import type { Segment } from './segment.ts';

/** Changes with the form of the bytes and with what a page is analysed into. */
export const SEGMENT_VERSION = 2;

/** A table by columns: quicker to read than by rows. */
interface Table {
  readonly paths: readonly string[];
  readonly guesses: readonly string[];
  readonly samples: readonly number[];
  readonly languages: readonly string[];
  readonly counts: readonly number[];
  readonly names: readonly string[];
  readonly extra: readonly string[];
}

/** @param extra a text for each page, kept for the caller */
export function encodeSegment(segment: Segment, extra: readonly string[]): Buffer {
  const { pages, lengths, entries, entryStarts, postings, postingStarts } = segment;
  const columns: Table = {
    paths: pages.map(({ path }) => path),
    guesses: pages.map(({ guess }) => guess),
    samples: pages.map(({ sample }) => sample),
    languages: pages.map(({ language }) => language),
    counts: pages.map(({ count }) => count),
    names: pages.map(({ names }) => names),
    extra,
  };
  const table = Buffer.from(JSON.stringify(columns));
  const sizes = [table, lengths, entryStarts, entries, postings].map(({ length }) => length);
  return Buffer.concat([
    Buffer.from(`${JSON.stringify(sizes)}\n`),
    table,
    bytesOf(lengths),
    bytesOf(entryStarts),
    bytesOf(postingStarts),
    entries,
    postings,
  ]);
}

export interface DecodedSegment {
  readonly segment: Segment;
  readonly extra: readonly string[];
}

/** What `encodeSegment` made. */
export function decodeSegment(bytes: Buffer): DecodedSegment {
  let position = bytes.indexOf('\n') + 1;
  const sizes = JSON.parse(bytes.toString('utf8', 0, position)) as number[];
  const [tableSize = 0, passages = 0, starts = 0, texts = 0, postings = 0] = sizes;
  const take = (length: number): Buffer => {
    position += length;
    return bytes.subarray(position - length, position);
  };
  const table = JSON.parse(take(tableSize).toString('utf8')) as Table;
  const pages = table.paths.map((path, n) => ({
    path,
    guess: table.guesses[n] ?? '',
    sample: table.samples[n] ?? 0,
    language: table.languages[n] ?? '',
    count: table.counts[n] ?? 0,
    names: table.names[n] ?? '',
  }));
  const segment = {
    pages,
    lengths: numbersOf(take(passages * 4)),
    entryStarts: numbersOf(take(starts * 4)),
    postingStarts: numbersOf(take(starts * 4)),
    entries: take(texts),
    postings: take(postings),
  };
  return { segment, extra: table.extra };
}

const bytesOf = (numbers: Uint32Array): Uint8Array => {
  const copy = Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  return bigEndian ? Buffer.from(copy).swap32() : copy;
};

function numbersOf(bytes: Buffer): Uint32Array {
  const copy = Uint8Array.from(bytes);
  if (bigEndian) Buffer.from(copy.buffer).swap32();
  return new Uint32Array(copy.buffer);
}

const bigEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 0;
