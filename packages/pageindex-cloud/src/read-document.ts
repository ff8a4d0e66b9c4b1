/** A completed document as a whole: three downloads, ranges, and what is odd about it. */
import { PageIndexError } from './error.ts';
import { rebuildRanges } from './ranges.ts';
import type {
  CallOptions,
  CloudMessage,
  CloudMetadata,
  CloudPage,
  PageIndexClient,
  RangedNode,
} from './types.ts';
import { notReady, refuseFailed } from './wait.ts';

export interface CloudDocument {
  readonly metadata: CloudMetadata;
  /** At least one node; parents cover their children. */
  readonly nodes: readonly RangedNode[];
  /** At least one with text or an image. */
  readonly pages: readonly CloudPage[];
  /** The larger of what the service says and the highest page that came. */
  readonly pageCount: number;
  readonly messages: readonly CloudMessage[];
}

/** The document as a single section. */
const whole = (metadata: CloudMetadata, pageCount: number): RangedNode => ({
  title: metadata.name,
  startPage: 1,
  endPage: pageCount,
  summary: metadata.description,
  keyItems: [],
  children: [],
});

/**
 * Reads a document that is in the cloud: metadata, tree and pages, each with one request. An empty
 * tree is one node over all pages, so that the pages are not lost; fewer pages than the service
 * says is a message.
 *
 * @throws {PageIndexError} `not-found`; `not-ready` while processing; `processing-failed`;
 *   `unreadable-answer` where no page has text or an image
 */
export const readDocument = async (
  client: PageIndexClient,
  id: string,
  options: CallOptions = {},
): Promise<CloudDocument> => {
  const metadata = await client.metadata(id, options);
  if (metadata.status === 'failed') refuseFailed(metadata);
  // some servers may not tell it here; the tree's answer does
  if (!['completed', 'unknown'].includes(metadata.status)) throw notReady(id, metadata.status);
  const tree = await client.tree(id, options);
  const { pages, messages } = await client.pages(id, options);
  if (pages.every(({ markdown, images }) => markdown.trim() === '' && images.length === 0))
    throw new PageIndexError(
      'unreadable-answer',
      `Document "${id}" has no page with text or an image.`,
      { documentId: id },
    );
  const highest = pages.at(-1)?.page ?? 0;
  const stated = metadata.pageCount ?? 0;
  const pageCount = Math.max(stated, highest);
  const all = [...messages];
  if (highest < stated)
    all.push({
      code: 'pages-missing',
      text: `The service counts ${stated} pages, the last that came is ${highest}.`,
    });
  if (tree.length === 0)
    all.push({ code: 'tree-empty', text: 'The service found no sections in the document.' });
  const nodes = tree.length === 0 ? [whole(metadata, pageCount)] : rebuildRanges(tree, pageCount);
  return { metadata, nodes, pages, pageCount, messages: all };
};
