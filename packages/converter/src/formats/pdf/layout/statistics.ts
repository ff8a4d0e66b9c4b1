import type { Line } from '../model.ts';

/** What most of the document's text looks like. */
export interface BodyStyle {
  readonly size: number;
  readonly bold: boolean;
  readonly monospaced: boolean;
  /** Distance of baselines within a paragraph, as a multiple of the size. */
  readonly leading: number;
}

/** @param inTables lines of cells, which say nothing about the distance of lines in paragraphs */
export function bodyStyle(
  pages: readonly (readonly Line[])[],
  inTables: readonly (readonly Line[])[] = [],
): BodyStyle {
  const sizes = new Map<number, number>();
  let [all, bold, monospaced] = [0, 0, 0];
  for (const line of [pages, inTables].flat(2)) {
    const weight = line.text.length;
    sizes.set(half(line.size), (sizes.get(half(line.size)) ?? 0) + weight);
    all += weight;
    if (line.bold) bold += weight;
    if (line.monospaced) monospaced += weight;
  }
  const size = commonest(sizes) ?? 10;
  return {
    size,
    bold: bold > all / 2,
    monospaced: monospaced > all / 2,
    leading: leadingOf(pages, size),
  };
}

function leadingOf(pages: readonly (readonly Line[])[], size: number): number {
  const gaps = new Map<number, number>();
  for (const lines of pages)
    for (let index = 1; index < lines.length; index += 1) {
      const [above, below] = [lines[index - 1], lines[index]];
      if (!above || !below || half(above.size) !== size || half(below.size) !== size) continue;
      const gap = Math.round(((above.y - below.y) / size) * 20) / 20;
      if (gap >= 0.9 && gap <= 2.6) gaps.set(gap, (gaps.get(gap) ?? 0) + 1);
    }
  return commonest(gaps) ?? 1.2;
}

/** Sizes that differ by less than a quarter of a point are one. */
export function half(size: number): number {
  return Math.round(size * 2) / 2;
}

function commonest(counts: ReadonlyMap<number, number>): number | undefined {
  let best: number | undefined;
  let most = 0;
  for (const [value, count] of counts) if (count > most) [best, most] = [value, count];
  return best;
}
