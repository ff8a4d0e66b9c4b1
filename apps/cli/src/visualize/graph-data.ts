import { graphOfFacts, linkResolver, type WikiFacts } from '@openkb/wiki';

import { type Beside, besideReader, type WikiFilesOfGraph } from './beside.ts';
import { layOut } from './layout.ts';
import { type Origins, type SourceRow, sourcesOf } from './sources.ts';

export interface PageRow extends Partial<Beside> {
  readonly path: string;
  readonly title: string;
  /** Number of the kind. */
  readonly kind: number;
  /** `type` of the front matter. */
  readonly type?: string;
  readonly x: number;
  readonly y: number;
  readonly text: string;
  /** Number of the page that each target of a link means. */
  readonly links: Readonly<Record<string, number>>;
  readonly sources?: readonly SourceRow[];
}

export interface GraphData {
  /** What the kinds of pages are called, with how many there are of each. */
  readonly kinds: readonly { readonly name: string; readonly pages: number }[];
  readonly pages: readonly PageRow[];
  /** Numbers of the two pages of each edge, one after the other. */
  readonly edges: readonly number[];
  /** Addresses that hold a whole picture each. */
  readonly pictures: readonly string[];
}

export interface GraphInput extends Pick<Origins, 'original'> {
  readonly wiki: WikiFacts;
  readonly files: WikiFilesOfGraph;
  readonly textOf: (path: string) => string;
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
export function graphData({ wiki, files, textOf, original }: GraphInput): GraphData {
  const paths = [...wiki.paths].filter(isShown);
  const { nodes, edges: linked } = graphOfFacts({ ...wiki, paths });
  const numbers = new Map(nodes.map(({ path }, i) => [path, i]));
  const edges = uniquePairs(
    linked.map(({ from, to }) => [numbers.get(from) ?? 0, numbers.get(to) ?? 0] as const),
  );
  const { x, y } = layOut(nodes.length, edges);
  const texts = cut(nodes.map(({ path }) => textOf(path)));
  const resolve = linkResolver(paths);
  const numberOf = (path: string) => numbers.get(path);
  const origins = { resolve: linkResolver(wiki.paths), numberOf, original };
  const beside = besideReader(files);
  const pages = nodes.map(({ path, title, type }, i): PageRow => {
    const facts = wiki.facts(path);
    const text = texts[i] ?? '';
    const told = { type, sources: facts === undefined ? [] : sourcesOf(path, facts, origins) };
    const row = {
      path,
      title,
      kind: kindOf(path),
      x: Math.round(x[i] ?? 0),
      y: Math.round(y[i] ?? 0),
      text,
      links: linksOf(wiki, path, (target) => numbers.get(resolve(target) ?? '')),
    };
    return Object.assign(row, filled(told), filled(beside.of(path, text)));
  });
  return { kinds: kindsOf(pages), pages, edges, pictures: beside.pictures };
}

/** Whether a file of the wiki is a page of the graph. */
export function isShown(path: string): boolean {
  const served = ['index.md', 'log.md', 'AGENTS.md', 'SCHEMA.md'].includes(path);
  return path.endsWith('.md') && !served && !/^(?:sources|reports)\//.test(path);
}

function kindOf(path: string): number {
  const folder = path.slice(0, Math.max(0, path.indexOf('/')));
  const kind = KINDS.findIndex(([name]) => name === folder);
  return kind === -1 ? KINDS.length : kind;
}

/** Kinds keep their numbers, and so their colours, also where no page is of one. */
function kindsOf(pages: readonly PageRow[]): GraphData['kinds'] {
  const counts = new Map<number, number>();
  for (const { kind } of pages) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...KINDS.map(([, name]) => name), OTHER].map((name, kind) => ({
    name,
    pages: counts.get(kind) ?? 0,
  }));
}

/** Only what says something. */
function filled<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => Object.keys((value ?? {}) as object).length > 0),
  ) as Partial<T>;
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
