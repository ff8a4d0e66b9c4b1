/**
 * Section tree with page ranges of a long document, without a model: from its outline, its printed
 * contents, its headings, its numbering, or fixed windows of pages.
 */
export { buildSectionTree } from './build.ts';
export { buildSectionTreeFromMarkdown } from './build-markdown.ts';
export { formatTree } from './format-tree.ts';
export { checkTree } from './shape/check.ts';
export type {
  MarkdownNode,
  MarkdownTree,
  MarkdownTreeOptions,
  OutlineItem,
  PageText,
  SectionNode,
  SectionTree,
  StyledLine,
  TreeInput,
  TreeLabels,
  TreeMessage,
  TreeMethod,
  TreeOptions,
} from './types.ts';
