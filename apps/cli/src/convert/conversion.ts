import type { ConvertedDocument } from '@openkb/converter';
import type { MarkdownTree, SectionTree } from '@openkb/tree-index';

import { freeName } from '../add/identify.ts';
import { storedText } from '../add/stored-text.ts';
import { imagesLink } from '../knowledge-base/layout.ts';
import type { ReadSource } from './read-source.ts';

/** A source as it would be stored. */
export interface Conversion {
  /** `doc_name` that it would get. */
  readonly name: string;
  /** The text with front matter; pictures are links to `images/NAME/`. */
  readonly markdown: string;
  readonly pages?: readonly { readonly page: number; readonly text: string }[];
  /** Sections with pages, or with lines of `markdown` where the format has no pages. */
  readonly tree?: SectionTree | MarkdownTree;
  readonly document: ConvertedDocument;
}

export async function conversionOf(
  { document, fileName, path }: ReadSource,
  options: { readonly tree: boolean; readonly isFree: (name: string) => boolean },
): Promise<Conversion> {
  const name = freeName({ fileName, path }, options.isFree);
  const { text, markdown, pages } = storedText(document, name, Infinity);
  return {
    name,
    markdown: text,
    ...(pages && { pages }),
    ...(options.tree && { tree: await treeOf(document, { text, markdown }) }),
    document,
  };
}

async function treeOf(
  { pages, outline, outlineFrom }: ConvertedDocument,
  { text, markdown }: { readonly text: string; readonly markdown: string },
): Promise<SectionTree | MarkdownTree> {
  const { buildSectionTree, buildSectionTreeFromMarkdown } = await import('@openkb/tree-index');
  if (pages !== undefined) {
    const texts = pages.map(({ page, markdown: content }) => ({ page, text: content }));
    // headings are found in the pages, after the printed contents
    const bookmarks = outlineFrom === 'headings' ? [] : outline;
    return buildSectionTree({ pages: texts, outline: bookmarks });
  }
  const tree = buildSectionTreeFromMarkdown(markdown);
  const before = text.endsWith(markdown) ? text.length - markdown.length : text.indexOf(markdown);
  return shifted(tree, text.slice(0, Math.max(0, before)).split('\n').length - 1);
}

/** The tree of the same text with so many lines before it. */
function shifted(tree: MarkdownTree, lines: number): MarkdownTree {
  const shift = (node: MarkdownTree['nodes'][number]): MarkdownTree['nodes'][number] => ({
    ...node,
    startLine: node.startLine + lines,
    endLine: node.endLine + lines,
    children: node.children.map(shift),
  });
  return { ...tree, lineCount: tree.lineCount + lines, nodes: tree.nodes.map(shift) };
}

/** A file of a conversion. */
export interface ConversionFile {
  /** `/`-separated, relative to the directory that it goes to. */
  readonly path: string;
  readonly content: Uint8Array | string;
}

/** The files by which a conversion is kept: text, pictures, tree. */
export function conversionFiles({ name, markdown, tree, document }: Conversion): ConversionFile[] {
  return [
    { path: `${name}.md`, content: markdown },
    ...document.images.map((image) => ({
      path: `${imagesLink(name)}/${image.name}`,
      content: image.bytes,
    })),
    ...(tree ? [{ path: `${name}.tree.json`, content: `${JSON.stringify(tree, null, 2)}\n` }] : []),
  ];
}
