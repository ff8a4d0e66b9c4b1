import type { Segment } from '../model.ts';

/** Segments by baseline, from the bottom of the page upwards. */
export function rowsOf(segments: readonly Segment[]): Segment[][] {
  const rows: Segment[][] = [];
  for (const segment of segments.toSorted((a, b) => a.y - b.y)) {
    const row = rows.at(-1);
    if (row?.[0] !== undefined && segment.y - row[0].y < segment.size * 0.5) row.push(segment);
    else rows.push([segment]);
  }
  return rows;
}
