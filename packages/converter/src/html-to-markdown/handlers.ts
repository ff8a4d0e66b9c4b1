import type { Element } from 'hast';
import type { PhrasingContent } from 'mdast';
import type { Options } from 'rehype-remark';

type Handler = NonNullable<NonNullable<Options['handlers']>[string]>;

/** HTML that Markdown has no mark for and renders as it is: `<sub>`, `<sup>`, a line break inside of a table cell. */
export const handlers: Readonly<Record<string, Handler>> = {
  sub: keepTags('sub'),
  sup: keepTags('sup'),
  [cellBreakName()]: () => ({ type: 'html', value: '<br>' }),
};

/** Element that `prepare` puts between the blocks of a table cell. */
export function cellBreakName(): string {
  return 'cell-break';
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
