import type { Element, ElementContent, Nodes, Properties, Root, RootContent } from 'hast';

export type Child = RootContent | ElementContent;

/** The text below a node, without recursion. */
export function textOf(node: Nodes): string {
  let found = '';
  const stack: Nodes[] = [node];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next.type === 'text') found += next.value;
    else if ('children' in next) stack.push(...(next.children as Nodes[]).toReversed());
  }
  return found;
}

/** Calls `visit` for each element with its depth, parents before children, in document order. */
export function eachElement(root: Root, visit: (element: Element, depth: number) => void): void {
  const stack: { node: Root | Element; depth: number }[] = [{ node: root, depth: 0 }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next.node.type === 'element') visit(next.node, next.depth);
    const { children } = next.node;
    for (let index = children.length - 1; index >= 0; index -= 1) {
      const child = children[index];
      if (child?.type === 'element') stack.push({ node: child, depth: next.depth + 1 });
    }
  }
}

/** Nothing looks at the places of the nodes in the source, and they take more memory than the nodes. */
export function dropPositions(root: Root): void {
  const stack: Nodes[] = [root];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    delete next.position;
    if ('children' in next) for (const child of next.children) stack.push(child);
  }
}

export function element(tagName: string, children: ElementContent[] = []): Element {
  return { type: 'element', tagName, properties: {}, children };
}

export function text(value: string): ElementContent {
  return { type: 'text', value };
}

/** An attribute as text; a list of words as they were written. */
export function attribute(value: Properties[string]): string {
  if (value === undefined || value === null) return '';
  return Array.isArray(value) ? value.join(' ') : `${value}`;
}

/** Elements that begin a line of their own. */
export const BLOCKS: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer ' +
    'form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol optgroup p pre search section summary table ' +
    'tbody tfoot thead tr ul'
  ).split(' '),
);

/** Whether a block or a line break stands anywhere inside. */
export function holdsBlocks(node: Element): boolean {
  const stack: ElementContent[] = [...node.children];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next.type !== 'element') continue;
    if (next.tagName === 'br' || BLOCKS.has(next.tagName)) return true;
    for (const child of next.children) stack.push(child);
  }
  return false;
}
