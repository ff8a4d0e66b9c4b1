/**
 * What a wiki is: page paths, front matter, wikilinks, the index, the log, the conventions, the graph of links, the
 * checks and the search. Everything is pure, strings in and strings out, and total: no function throws on any text.
 */
export { checkFacts, checkWiki } from './checks.ts';
export { mendLinks } from './checks/mend-links.ts';
export type { Violation, ViolationCode } from './checks/violation.ts';
export { defaultConventions } from './conventions-page.ts';
export { documentName } from './document-name.ts';
export { updateFrontMatter } from './front-matter-update.ts';
export { writeFrontMatter } from './front-matter-write.ts';
export { readFrontMatter, splitFrontMatter } from './front-matter.ts';
export {
  type GraphEdge,
  type GraphNode,
  graphOfFacts,
  linkGraph,
  type LinkGraph,
} from './graph.ts';
export { type IndexEntry, type IndexSection } from './index-entry.ts';
export { emptyIndex, readIndex, removeIndexEntries, upsertIndexEntries } from './index-page.ts';
export { linkResolver, normaliseTarget } from './link-target.ts';
export {
  type LinkOptions,
  linkText,
  parseLinks,
  rewriteLinks,
  wikilink,
  type WikiLink,
} from './links.ts';
export { emptyLog, logEntry, type LogEntry, readLog } from './log-page.ts';
export { type LinkFact, pageFacts, type PageFacts } from './page-facts.ts';
export { linkTarget, type PageDirectory, pagePath, pathKey } from './page-path.ts';
export { pageTitle } from './page-title.ts';
export { analyse } from './search/analyse.ts';
export { detectLanguage } from './search/detect-language.ts';
export type { Passage } from './search/passage.ts';
export { passagesOfPage, passagesOfSourcePages } from './search/passages.ts';
export { buildSegment, SegmentBuilder } from './search/build-segment.ts';
export { mergeSegments } from './search/merge-segments.ts';
export { buildSearchIndex, type LiveSegment, SearchIndex } from './search/search-index.ts';
export {
  mostLanguage,
  pageLanguage,
  searchedPage,
  type SearchedPage,
} from './search/searched-page.ts';
export { decodeSegment, encodeSegment, SEGMENT_VERSION } from './search/segment-file.ts';
export type { Segment, SegmentPage } from './search/segment.ts';
export { type SearchHit, searchPassages } from './search/search-passages.ts';
export { sentencesOf } from './search/sentences.ts';
export { stem } from './search/stem.ts';
export { stopWords } from './search/stop-words.ts';
export { slugOf } from './slug.ts';
export type { WikiFacts } from './wiki-facts.ts';
