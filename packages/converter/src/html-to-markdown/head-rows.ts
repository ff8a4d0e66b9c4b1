import type { Element, Root } from 'hast';

import { eachElement } from './hast.ts';

/** Makes the first row of a table without a head its head: GFM has no table without one. */
export function makeHeadRows(tree: Root): void {
  eachElement(tree, (table) => {
    if (table.tagName !== 'table') return;
    const row = firstRow(table);
    for (const cell of row?.children ?? [])
      if (cell.type === 'element' && cell.tagName === 'td') cell.tagName = 'th';
  });
}

function firstRow(table: Element): Element | undefined {
  for (const child of table.children) {
    if (child.type !== 'element') continue;
    if (child.tagName === 'tr') return child;
    if (/^(?:thead|tbody|tfoot)$/.test(child.tagName)) {
      const row = child.children.find((one) => one.type === 'element' && one.tagName === 'tr');
      if (row?.type === 'element') return row;
    }
  }
  return undefined;
}
