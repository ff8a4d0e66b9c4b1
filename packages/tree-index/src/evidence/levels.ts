/** Levels of headings: the style gives a rank, the numbering corrects it. */
import { parseNumbering } from '../numbering.ts';

/** The value that occurs most often; the smallest of equals. */
const commonest = (values: readonly number[]): number => {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([a, x], [b, y]) => y - x || a - b)[0]?.[0] ?? 1;
};

/**
 * For each depth of numbering the level that its headings mostly have, deeper numbers on deeper
 * levels; unnumbered headings keep the level of their style.
 */
export const correctLevels = <T extends { readonly title: string; readonly level: number }>(
  headings: readonly T[],
): readonly T[] => {
  const depthOf = headings.map(({ title }) => {
    const numbering = parseNumbering(title);
    return numbering?.kind === 'part' ? undefined : numbering?.depth;
  });
  const levels = new Map<number, number>();
  let above = 0;
  const depths = [...new Set(depthOf)].filter((depth) => depth !== undefined);
  for (const depth of depths.toSorted((a, b) => a - b)) {
    const own = headings.flatMap(({ level }, i) => (depthOf[i] === depth ? [level] : []));
    above = Math.max(above + 1, commonest(own));
    levels.set(depth, above);
  }
  return headings.map((heading, i) => {
    const depth = depthOf[i];
    return {
      ...heading,
      level: (depth === undefined ? undefined : levels.get(depth)) ?? heading.level,
    };
  });
};
