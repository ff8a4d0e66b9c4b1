import type { Element } from 'hast';
import type { BlockContent, Heading, PhrasingContent } from 'mdast';
import type { Options } from 'rehype-remark';

import {
  CELL_BREAK,
  FOOTNOTE_MARK,
  FOOTNOTE_TEXT,
  HEADING_LINK,
  numberOf,
} from './made-elements.ts';

type Handler = NonNullable<NonNullable<Options['handlers']>[string]>;

/**
 * HTML that Markdown has no mark for and renders as it is: `<sub>`, `<sup>`, a line break inside of a table cell;
 * the elements that `prepare` makes; and headings, which keep their numbers.
 */
export const handlers: Readonly<Record<string, Handler>> = {
  sub: keepTags('sub'),
  sup: keepTags('sup'),
  [CELL_BREAK]: () => ({ type: 'html', value: '<br>' }),
  [HEADING_LINK](state, node: Element) {
    const headingNumber = numberOf(node, 'headingNumber');
    const children = state.all(node) as PhrasingContent[];
    return headingNumber === undefined
      ? children
      : { type: 'link', url: '', data: { headingNumber }, children };
  },
  [FOOTNOTE_MARK](state, node: Element) {
    const label = numberOf(node, 'footnoteNumber')?.toString();
    return label === undefined
      ? state.all(node)
      : { type: 'footnoteReference', identifier: label, label };
  },
  [FOOTNOTE_TEXT](state, node: Element) {
    const label = numberOf(node, 'footnoteNumber')?.toString();
    const children = state.toFlow(state.all(node)) as BlockContent[];
    return label === undefined
      ? children
      : { type: 'footnoteDefinition', identifier: label, label, children };
  },
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((depth) => [`h${depth}`, turnHeading])),
};

/** Nothing for a heading that shows nothing. */
function turnHeading(state: Parameters<Handler>[0], node: Element): Heading | undefined {
  const children = state.all(node) as PhrasingContent[];
  const start = children.findIndex((child) => shows(child));
  const end = children.findLastIndex((child) => shows(child)) + 1;
  if (start < 0) return undefined;
  const headingNumber = numberOf(node, 'headingNumber');
  return {
    type: 'heading',
    depth: Number(node.tagName.slice(1)) as Heading['depth'],
    ...(headingNumber !== undefined && { data: { headingNumber } }),
    children: children.slice(start, end),
  };
}

function shows(node: PhrasingContent): boolean {
  return node.type !== 'break' && !(node.type === 'text' && node.value.trim() === '');
}

function keepTags(name: 'sub' | 'sup'): Handler {
  return (state, node: Element) => {
    const children = state.all(node) as PhrasingContent[];
    if (children.length === 0) return [];
    return [
      { type: 'html', value: `<${name}>` },
      ...children,
      { type: 'html', value: `</${name}>` },
    ];
  };
}
