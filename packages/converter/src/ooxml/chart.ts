/**
 * The data of a chart (ECMA-376 part 1, 21.2) as a table: a row for each category, a column for each series, from
 * the values that the file keeps beside its references.
 */
import { at, child, children, descendants } from '../xml/find-elements.ts';
import type { XmlElement } from '../xml/read-xml.ts';

export interface ChartTable {
  readonly title: string | undefined;
  /** With a head; empty when the file keeps no values. */
  readonly rows: readonly (readonly string[])[];
}

const MOST_POINTS = 2000;

export function readChart(root: XmlElement): ChartTable {
  const chart = child(root, 'chart') ?? root;
  const title = words(child(chart, 'title'));
  const series = descendants(child(chart, 'plotArea'), 'ser').map((one) => ({
    name: words(child(one, 'tx')) || cacheOf(child(one, 'tx')).get(0) || '',
    categories: cacheOf(child(one, 'cat') ?? child(one, 'xVal')),
    values: cacheOf(child(one, 'val') ?? child(one, 'yVal')),
  }));
  const categories = series.find((one) => one.categories.size > 0)?.categories ?? new Map();
  const count = series.reduce(
    (most, { values }) => Math.max(most, sizeOf(values)),
    sizeOf(categories),
  );
  const rows = Array.from({ length: count }, (_, index) => [
    categories.get(index) ?? `${index + 1}`,
    ...series.map(({ values }) => values.get(index) ?? ''),
  ]);
  return {
    title: title === '' ? undefined : title,
    rows: count === 0 ? [] : [['', ...series.map(({ name }) => name)], ...rows],
  };
}

function words(element: XmlElement | undefined): string {
  const paragraphs = descendants(child(element, 'tx') ?? element, 'p');
  return paragraphs
    .map((paragraph) =>
      descendants(paragraph, 't')
        .map(({ text }) => text)
        .join(''),
    )
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The points of a series by their places; of several levels of categories, joined from the outermost. */
function cacheOf(holder: XmlElement | undefined): Map<number, string> {
  const levels = at(holder, 'multiLvlStrRef', 'multiLvlStrCache');
  if (levels !== undefined)
    return joinLevels(children(levels, 'lvl').map((level) => pointsOf(level)));
  const reference = child(holder, 'strRef') ?? child(holder, 'numRef');
  const cache =
    child(reference, 'strCache') ??
    child(reference, 'numCache') ??
    child(holder, 'strLit') ??
    child(holder, 'numLit');
  return pointsOf(cache);
}

function pointsOf(cache: XmlElement | undefined): Map<number, string> {
  const points = new Map<number, string>();
  for (const point of children(cache, 'pt')) {
    const index = Number(point.attributes['idx']);
    const value = (child(point, 'v')?.text ?? '').trim();
    if (Number.isInteger(index) && index >= 0 && index < MOST_POINTS)
      points.set(index, shown(value));
  }
  return points;
}

function joinLevels(levels: readonly Map<number, string>[]): Map<number, string> {
  const [inner = new Map<number, string>(), ...outer] = levels;
  const joined = new Map<number, string>();
  for (const [index, value] of inner) {
    const above = outer.map((level) => lastUpTo(level, index)).toReversed();
    joined.set(index, [...above, value].filter((part) => part !== '').join(' '));
  }
  return joined;
}

function lastUpTo(level: ReadonlyMap<number, string>, index: number): string {
  for (let place = index; place >= 0; place -= 1) {
    const value = level.get(place);
    if (value !== undefined) return value;
  }
  return '';
}

function sizeOf(points: ReadonlyMap<number, string>): number {
  let size = 0;
  for (const index of points.keys()) size = Math.max(size, index + 1);
  return size;
}

function shown(value: string): string {
  return /^-?\d+\.\d{6,}(?:E-?\d+)?$/i.test(value)
    ? String(Number(Number(value).toPrecision(15)))
    : value;
}
