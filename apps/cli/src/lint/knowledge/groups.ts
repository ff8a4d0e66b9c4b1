import type { WikiFacts } from '@openkb/wiki';
import { linkResolver } from '@openkb/wiki';

/** Pages that may contradict, repeat or leave out what the others say. */
export type PageGroup = readonly string[];

const MOST_PAGES = 6;
/** A word or source that more pages share tells nothing. */
const COMMON = 40;
const SHORTEST_WORD = 4;

/**
 * Related pages, in groups: linked with each other, drawn from one source, or alike in title. Each page of ideas,
 * things or documents is in one group at least, if it has relatives; those with the most come first. The same wiki
 * has the same groups.
 */
export function groupPages(wiki: WikiFacts): PageGroup[] {
  const relatives = relativesOf(wiki);
  const weight = new Map(
    [...relatives].map(([path, near]) => [path, [...near.values()].reduce((a, b) => a + b, 0)]),
  );
  const weightOf = (path: string): number => weight.get(path) ?? 0;
  const seeds = [...relatives.keys()].toSorted((a, b) => weightOf(b) - weightOf(a) || order(a, b));
  const covered = new Set<string>();
  const groups: PageGroup[] = [];
  for (const seed of seeds) {
    const near = relatives.get(seed) ?? new Map<string, number>();
    if (covered.has(seed) || near.size === 0) continue;
    // those that no group has yet are worth more
    const worth = (path: string): number => (near.get(path) ?? 0) + (covered.has(path) ? 0 : 0.5);
    const others = [...near.keys()].toSorted((a, b) => worth(b) - worth(a) || order(a, b));
    const group = [seed, ...others.slice(0, MOST_PAGES - 1)];
    for (const path of group) covered.add(path);
    groups.push(group);
  }
  return groups;
}

const order = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

type Relatives = Map<string, Map<string, number>>;

function relativesOf(wiki: WikiFacts): Relatives {
  const paths = [...wiki.paths].filter((path) => /^(?:concepts|entities|summaries)\//.test(path));
  const known = new Set(paths);
  const resolve = linkResolver(wiki.paths);
  const relatives: Relatives = new Map(paths.map((path) => [path, new Map<string, number>()]));
  const relate = (a: string, b: string, by: number): void => {
    if (a === b) return;
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const near = relatives.get(one);
      near?.set(other, (near.get(other) ?? 0) + by);
    }
  };
  const sharing = new Map<string, string[]>();
  for (const path of paths) {
    const facts = wiki.facts(path);
    if (facts === undefined) continue;
    for (const { target } of facts.links) {
      const to = resolve(target);
      if (to !== undefined && known.has(to)) relate(path, to, 1);
    }
    for (const shared of [...sourcesOf(facts.fields), ...wordsOf(facts.title)]) {
      const list = sharing.get(shared);
      if (list === undefined) sharing.set(shared, [path]);
      else if (list.length <= COMMON) list.push(path);
    }
  }
  for (const [shared, list] of sharing) {
    if (list.length > COMMON) continue;
    const by = shared.startsWith('word ') ? 2 : 1;
    for (const [n, a] of list.entries()) for (const b of list.slice(n + 1)) relate(a, b, by);
  }
  return relatives;
}

function sourcesOf(fields: Readonly<Record<string, unknown>>): string[] {
  const { sources } = fields;
  return Array.isArray(sources) ? sources.filter((one) => typeof one === 'string') : [];
}

function wordsOf(title: string): string[] {
  const words =
    title
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(words)]
    .filter((word) => word.length >= SHORTEST_WORD)
    .map((word) => `word ${word}`);
}
