/**
 * Long trees in pieces: the libraries hold several copies of what they are given, and some of their steps take
 * the square of a node's children. A cut is made only where both sides are blocks that are turned and printed
 * alike whatever stands beside them.
 */
import type { Element, Root as HtmlRoot } from 'hast';
import type { Root, RootContent } from 'mdast';

import { BLOCKS, type Child } from './hast.ts';

const NODES = 200;
const OPENING = /^(?:p|h[1-6])$/;
/** What may stand around all of a page without a meaning of its own in Markdown. */
const WRAPPERS = new Set(['html', 'body', 'div', 'main', 'article', 'section']);

/** The page in pieces of some hundred blocks; they take the place of the children of `tree`, which it loses. */
export function* pagePieces(tree: HtmlRoot): Generator<HtmlRoot> {
  const holder = holderOf(tree);
  const { children } = holder;
  holder.children = [];
  let piece: Child[] = [];
  let last: Child | undefined;
  for (const child of children) {
    if (piece.length >= NODES && last && isBlock(last) && isOpening(child)) {
      yield root(piece);
      piece = [];
    }
    piece.push(child);
    if (child.type !== 'text' || /\S/.test(child.value)) last = child;
  }
  yield root(piece);
}

/** The document in pieces, to be printed one by one and joined by an empty line. */
export function* documentPieces(tree: Root): Generator<Root> {
  let piece: RootContent[] = [];
  for (const child of tree.children) {
    // lists are printed by what stands before them
    if (piece.length >= NODES && (child.type === 'paragraph' || child.type === 'heading')) {
      yield { type: 'root', children: piece };
      piece = [];
    }
    piece.push(child);
  }
  yield { type: 'root', children: piece };
}

/** The innermost element that holds the whole page. */
function holderOf(tree: HtmlRoot): HtmlRoot | Element {
  let holder: HtmlRoot | Element = tree;
  for (;;) {
    const shown: Child[] = holder.children.filter(
      (child) => child.type !== 'text' || /\S/.test(child.value),
    );
    const [only] = shown;
    if (shown.length !== 1 || only?.type !== 'element' || !WRAPPERS.has(only.tagName))
      return holder;
    holder = only;
  }
}

function isBlock(node: Child): boolean {
  return node.type === 'element' && BLOCKS.has(node.tagName);
}

function isOpening(node: Child): boolean {
  return node.type === 'element' && OPENING.test(node.tagName);
}

function root(children: Child[]): HtmlRoot {
  return { type: 'root', children };
}
