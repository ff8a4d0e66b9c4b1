import { linkResolver } from './link-target.ts';
import { factsOfTexts, type WikiFacts } from './wiki-facts.ts';

/** A page as a node. */
export interface GraphNode {
  readonly path: string;
  readonly title: string;
  /** `type` of the front matter, empty where there is none. */
  readonly type: string;
}

/** All links from one page to another, as one edge. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly links: number;
}

/** Who links whom. Nodes, edges and back links are sorted by path. */
export interface LinkGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Path of a page -> the pages that link it; every page has a list. */
  readonly backLinks: ReadonlyMap<string, readonly string[]>;
}

/**
 * The graph of the wikilinks between these pages (path -> text). A link to no page, to two possible pages or to the
 * page itself is no edge.
 */
export function linkGraph(pages: ReadonlyMap<string, string>): LinkGraph {
  return graphOfFacts(factsOfTexts(pages));
}

/** As `linkGraph`, of facts; what has none is no node. */
export function graphOfFacts(wiki: WikiFacts): LinkGraph {
  const paths = [...wiki.paths].toSorted();
  const resolve = linkResolver(paths);
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const backLinks = new Map<string, string[]>(paths.map((path) => [path, []]));
  for (const path of paths) {
    const facts = wiki.facts(path);
    if (facts === undefined) continue;
    const { type } = facts.fields;
    nodes.push({ path, title: facts.title, type: typeof type === 'string' ? type : '' });
    const counts = new Map<string, number>();
    for (const { target } of facts.links) {
      const to = resolve(target);
      if (to !== undefined && to !== path) counts.set(to, (counts.get(to) ?? 0) + 1);
    }
    for (const to of [...counts.keys()].toSorted()) {
      edges.push({ from: path, to, links: counts.get(to) ?? 0 });
      backLinks.get(to)?.push(path);
    }
  }
  return { nodes, edges, backLinks };
}
