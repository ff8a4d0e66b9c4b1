import type { Element, ElementContent } from 'hast';

import { BLOCKS, element, holdsBlocks, text, textOf } from './hast.ts';
import { CELL_BREAK } from './made-elements.ts';

const BOLD = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'dt', 'summary']);

/**
 * Makes a cell's blocks inline, with a break between them: a GFM row is one line, and a list or a second
 * paragraph in it would end the table.
 */
export function flattenCell(cell: Element): void {
  const flat: ElementContent[] = [];
  let pending = false;
  const breakLine = (): void => {
    pending = flat.length > 0;
  };
  const push = (node: ElementContent): void => {
    if (node.type === 'text' && node.value.trim() === '' && (pending || flat.length === 0)) return;
    if (pending) flat.push(element(CELL_BREAK));
    pending = false;
    flat.push(node);
  };
  const stack: Step[] = [...cell.children].toReversed();
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (typeof next === 'function') next();
    else if (next.type !== 'element') push(next);
    else if (next.tagName === 'br') breakLine();
    else if (next.tagName === 'pre') {
      for (const line of codeLines(next, breakLine).toReversed()) stack.push(line);
    } else if (BLOCKS.has(next.tagName)) {
      breakLine();
      stack.push(breakLine);
      for (const child of inside(next).toReversed()) stack.push(child);
    } else if (next.tagName === 'td' || next.tagName === 'th') {
      push(text(' '));
      for (const child of next.children.toReversed()) stack.push(child);
    } else if (holdsBlocks(next)) {
      for (const child of next.children.toReversed()) stack.push(child);
    } else push(next);
  }
  cell.children = flat;
}

type Step = ElementContent | (() => void);

function inside(block: Element): ElementContent[] {
  if (BOLD.has(block.tagName) && !holdsBlocks(block)) return [element('strong', block.children)];
  if (block.tagName === 'li') return [text('• '), ...withoutFirstParagraph(block.children)];
  return block.children;
}

/** The words of an item stand beside its bullet. */
function withoutFirstParagraph(children: readonly ElementContent[]): ElementContent[] {
  const at = children.findIndex(
    (child) => child.type === 'element' || /\S/.test('value' in child ? child.value : ''),
  );
  const first = children[at];
  if (first?.type !== 'element' || first.tagName !== 'p') return [...children];
  return [...first.children, ...children.slice(at + 1)];
}

/** One piece of code per line. */
function codeLines(block: Element, breakLine: () => void): Step[] {
  const lines = textOf(block)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.flatMap((line) => [breakLine, element('code', [text(line)]), breakLine]);
}
