/**
 * HTML to Markdown (GFM) through syntax trees: parse, prepare (see `prepare.ts`), turn, print.
 *
 * What stands too deep for a recursive library comes out as plain text, not as a stack overflow.
 */
import type { Root } from 'hast';

import { EquationStore } from '../math/equation-store.ts';
import { readHead, type HtmlHead } from './head.ts';
import { plainText } from './plain-text.ts';
import { prepare, type PrepareOptions } from './prepare.ts';
import { loadTrees } from './trees.ts';

export interface MarkdownOfHtml extends HtmlHead {
  /** Ends with a line end unless it is empty. */
  readonly markdown: string;
  /** The structure was too deep, and the text alone was kept. */
  readonly flattened: boolean;
}

export async function htmlToMarkdown(
  html: string,
  options: PrepareOptions = {},
): Promise<MarkdownOfHtml> {
  const trees = await loadTrees();
  let head: HtmlHead = {};
  try {
    const tree = trees.parseHtml(html);
    head = readHead(tree);
    return { ...head, markdown: await treeToMarkdown(tree, options), flattened: false };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const markdown = plainText(html);
    return { ...head, markdown: options.equations?.putBack(markdown) ?? markdown, flattened: true };
  }
}

/** What a page says about itself. */
export async function headOf(html: string): Promise<HtmlHead> {
  const trees = await loadTrees();
  return readHead(trees.parseHtml(html));
}

/** Uses the tree up. Throws a `RangeError` when it is too deep. */
export async function treeToMarkdown(tree: Root, options: PrepareOptions = {}): Promise<string> {
  const trees = await loadTrees();
  const { equations = new EquationStore() } = options;
  prepare(tree, { ...options, equations });
  return equations.putBack(await trees.treeToMarkdown(tree, options.signal));
}
