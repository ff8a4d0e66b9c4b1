import { graphOfFacts, linkResolver, type WikiFacts } from '@openkb/wiki';

import { layOut } from './layout.ts';

/** Path, title, number of the type, place, text, and the page that each target of a link means. */
type PageRow = readonly [
  path: string,
  title: string,
  kind: number,
  x: number,
  y: number,
  text: string,
  links: Readonly<Record<string, number>>,
];

export interface GraphData {
  /** What the types are called; a page has the number of its own. */
  readonly kinds: readonly string[];
  readonly pages: readonly PageRow[];
  /** Numbers of the two pages of each edge, one after the other. */
  readonly edges: readonly number[];
}

/** Folders of pages, and what the pages in them are called; any other folder is a person's. */
const KINDS: readonly (readonly [string, string])[] = [
  ['summaries', 'Documents'],
  ['concepts', 'Concepts'],
  ['entities', 'Entities'],
  ['explorations', 'Explorations'],
];
const OTHER = 'Other pages';

/** Texts are in the file as a whole up to so many characters; beyond, the longest are cut. */
const MOST_TEXT = 24_000_000;

/**
 * The pages of a wiki as a graph, without those that serve the wiki itself: index, log, conventions, reports, and the
 * full texts of documents, which their summaries stand for.
 */
export function graphData(wiki: WikiFacts, textOf: (path: string) => string): GraphData {
  const paths = [...wiki.paths].filter(isShown);
  const graph = graphOfFacts({ ...wiki, paths });
  const numbers = new Map(graph.nodes.map(({ path }, i) => [path, i]));
  const edges = uniquePairs(
    graph.edges.map(({ from, to }) => [numbers.get(from) ?? 0, numbers.get(to) ?? 0] as const),
  );
  const { x, y } = layOut(graph.nodes.length, edges);
  const folders = KINDS.map(([folder]) => folder);
  const used = [...KINDS.map(([, name]) => name), OTHER];
  const texts = cut(graph.nodes.map(({ path }) => textOf(path)));
  const resolve = linkResolver(paths);
  const pages = graph.nodes.map(({ path, title }, i): PageRow => {
    const folder = folders.indexOf(path.slice(0, Math.max(0, path.indexOf('/'))));
    const links = linksOf(wiki, path, (target) => numbers.get(resolve(target) ?? ''));
    const kind = folder === -1 ? KINDS.length : folder;
    return [path, title, kind, Math.round(x[i] ?? 0), Math.round(y[i] ?? 0), texts[i] ?? '', links];
  });
  return { ...withoutUnused(used, pages), edges };
}

/** Whether a file of the wiki is a page of the graph. */
export function isShown(path: string): boolean {
  const served = ['index.md', 'log.md', 'AGENTS.md', 'SCHEMA.md'].includes(path);
  return path.endsWith('.md') && !served && !/^(?:sources|reports)\//.test(path);
}

/** Who links whom, once for each two pages, whichever links the other. */
function uniquePairs(pairs: readonly (readonly [number, number])[]): number[] {
  const seen = new Map(pairs.map(([a, b]) => [`${Math.min(a, b)} ${Math.max(a, b)}`, [a, b]]));
  return [...seen.values()].flat();
}

function linksOf(
  wiki: WikiFacts,
  path: string,
  numberOf: (target: string) => number | undefined,
): Record<string, number> {
  const links = new Map<string, number>();
  for (const { target } of wiki.facts(path)?.links ?? []) {
    const number = numberOf(target);
    if (number !== undefined) links.set(target, number);
  }
  return Object.fromEntries(links);
}

/** The texts with the longest cut, so that they are not too long together. */
function cut(texts: readonly string[]): string[] {
  const total = (limit: number) =>
    texts.reduce((sum, { length }) => sum + Math.min(length, limit), 0);
  let limit = MOST_TEXT;
  while (limit > 400 && total(limit) > MOST_TEXT) limit = Math.floor(limit * 0.8);
  return texts.map((text) =>
    text.length <= limit ? text : `${text.slice(0, limit)}\n\n*(The rest is in the wiki.)*`,
  );
}

/** Types that no page has are not in the legend; the others keep their colours by keeping their order. */
function withoutUnused(
  kinds: readonly string[],
  pages: readonly PageRow[],
): Pick<GraphData, 'kinds' | 'pages'> {
  const last = pages.reduce((most, [, , kind]) => Math.max(most, kind), -1);
  return { kinds: kinds.slice(0, last + 1), pages };
}
