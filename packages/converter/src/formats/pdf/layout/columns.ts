/**
 * Reading order. Columns of prose are found by a gutter that few segments cross; what crosses it (a title,
 * a wide figure's caption) parts the page into bands, each read column by column. Where there is no gutter,
 * the order of the file is kept, which producers get right far more often than geometry does, unless it
 * jumps about.
 */
import type { Segment } from '../model.ts';
import { rowsOf } from './rows.ts';

export interface Region {
  readonly segments: readonly Segment[];
  /** Edges of the column. */
  readonly left: number;
  readonly right: number;
}

const MINIMUM_ROWS = 5;
/** A gutter may be crossed by this share of the segments. */
const CROSSING_SHARE = 0.3;
/** A side is prose when half of its rows fill so much of its width: it may have columns itself. */
const FILLED_SHARE = 0.55;
const MINIMUM_CHARACTERS = 18;
const MAXIMUM_DEPTH = 3;
/** A page of more pieces is a drawing or a plan, and looking for columns takes their number squared. */
const MAXIMUM_SEGMENTS = 3000;

/** The page's segments in reading order, by column. */
export function readingOrder(segments: readonly Segment[], depth = 0): Region[] {
  if (segments.length === 0) return [];
  const mayHaveColumns = depth < MAXIMUM_DEPTH && segments.length <= MAXIMUM_SEGMENTS;
  const gutter = mayHaveColumns ? findGutter(segments) : undefined;
  if (gutter === undefined) return [region(inFileOrder(segments))];
  return bands(segments, gutter).flatMap((band) => {
    if (band.crossing) return [region(band.segments)];
    const left = band.segments.filter((segment) => middle(segment) < gutter);
    const right = band.segments.filter((segment) => middle(segment) >= gutter);
    return readingOrder(left, depth + 1).concat(readingOrder(right, depth + 1));
  });
}

function region(segments: readonly Segment[]): Region {
  return {
    segments,
    left: segments.reduce((edge, { x0 }) => Math.min(edge, x0), Infinity),
    right: segments.reduce((edge, { x1 }) => Math.max(edge, x1), -Infinity),
  };
}

/** The x of the best gutter: the one that the fewest segments cross. */
function findGutter(segments: readonly Segment[]): number | undefined {
  const { left, right } = region(segments);
  let best: { x: number; crossing: number } | undefined;
  for (const x of gutterCandidates(segments, left, right)) {
    const crossing = segments.filter(({ x0, x1 }) => x0 < x && x1 > x).length;
    if (crossing > segments.length * CROSSING_SHARE) continue;
    if (best !== undefined && crossing >= best.crossing) continue;
    const sides = [
      segments.filter(({ x1 }) => x1 <= x),
      segments.filter(({ x0 }) => x0 >= x),
    ] as const;
    if (sides.every((side) => isProse(side)) && besideEachOther(...sides)) best = { x, crossing };
  }
  return best?.x;
}

/** Just left of where several segments begin, in the middle four fifths of the width. */
function gutterCandidates(segments: readonly Segment[], left: number, right: number): number[] {
  const starts = new Map<number, number>();
  for (const { x0 } of segments) {
    const key = Math.round(x0);
    starts.set(key, (starts.get(key) ?? 0) + 1);
  }
  const inset = (right - left) / 10;
  return [...starts]
    .filter(([x, count]) => count >= 3 && x > left + inset && x < right - inset)
    .map(([x]) => x - 1.5);
}

function isProse(side: readonly Segment[]): boolean {
  const { left, right } = region(side);
  const rows = rowsOf(side);
  const full = rows.filter((row) => {
    const covered = row.reduce((sum, { x0, x1 }) => sum + x1 - x0, 0);
    const characters = row.reduce((sum, { text }) => sum + text.length, 0);
    return (
      covered >= (right - left) * FILLED_SHARE && characters >= row.length * MINIMUM_CHARACTERS
    );
  });
  return rows.length >= MINIMUM_ROWS && full.length >= rows.length / 2;
}

/** Both sides share most of the height of the shorter one. */
function besideEachOther(a: readonly Segment[], b: readonly Segment[]): boolean {
  const [low1, high1] = extent(a);
  const [low2, high2] = extent(b);
  const shared = Math.min(high1, high2) - Math.max(low1, low2);
  return shared > 0.4 * Math.min(high1 - low1, high2 - low2);
}

function extent(segments: readonly Segment[]): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { y } of segments) [low, high] = [Math.min(low, y), Math.max(high, y)];
  return [low, high];
}

interface Band {
  readonly crossing: boolean;
  readonly segments: Segment[];
}

/** From the top down: runs of crossing segments, and what stands between them. */
function bands(segments: readonly Segment[], gutter: number): Band[] {
  const crosses = ({ x0, x1 }: Segment): boolean => x0 < gutter && x1 > gutter + 1;
  const result: Band[] = [];
  const rowsOfCrossing = segments.filter((segment) => crosses(segment));
  const sorted = segments
    .map((segment, index) => ({ segment, index }))
    // a segment on the baseline of a crossing one belongs to its row
    .toSorted((a, b) => b.segment.y - a.segment.y || a.index - b.index);
  for (const { segment } of sorted) {
    const crossing =
      crosses(segment) ||
      rowsOfCrossing.some((row) => Math.abs(row.y - segment.y) < segment.size * 0.3);
    const last = result.at(-1);
    if (last !== undefined && last.crossing === crossing) last.segments.push(segment);
    else result.push({ crossing, segments: [segment] });
  }
  return result.map(({ crossing, segments: some }) => ({
    crossing,
    segments: crossing ? some : inGivenOrder(some, segments),
  }));
}

function inGivenOrder(some: readonly Segment[], all: readonly Segment[]): Segment[] {
  const wanted = new Set(some);
  return all.filter((segment) => wanted.has(segment));
}

function middle({ x0, x1 }: Segment): number {
  return (x0 + x1) / 2;
}

/** The order of the file, or from the top down when that goes upwards more than now and then. */
function inFileOrder(segments: readonly Segment[]): readonly Segment[] {
  let upwards = 0;
  for (let index = 1; index < segments.length; index += 1) {
    const [before, after] = [segments[index - 1], segments[index]];
    if (before && after && after.y > before.y + 2 * Math.max(before.size, after.size)) upwards += 1;
  }
  if (upwards <= Math.max(2, segments.length / 8)) return segments;
  return segments.toSorted((a, b) =>
    Math.abs(a.y - b.y) < Math.min(a.size, b.size) * 0.4 ? a.x0 - b.x0 : b.y - a.y,
  );
}
