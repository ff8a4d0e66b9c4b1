import type { Element, ElementContent } from 'hast';

import { COMMENT, type Note } from './footnote-calls.ts';
import { attribute, element, text, textOf } from './hast.ts';
import type { PageMap } from './page-map.ts';

/**
 * The blocks of a note without its links back and what stands around them alone. A comment says that it is one,
 * and whose.
 */
export function noteBody({ term, holder, backLinks }: Note, map: PageMap): ElementContent[] {
  for (const link of backLinks) drop(wrapperOf(link, holder, backLinks, map), map);
  trimEnd(holder);
  const comment = COMMENT.exec(term === undefined ? '' : textOf(term).trim());
  if (comment !== null) startWith(holder, ['Comment', comment[1]].join(' ').trim());
  return holder.children;
}

/** The link, or the largest element in the note that shows links back and no words. */
function wrapperOf(
  link: Element,
  holder: Element,
  backLinks: ReadonlySet<Element>,
  map: PageMap,
): Element {
  let wrapper = link;
  for (const around of map.ancestorsOf(link)) {
    if (around === holder || around.tagName === 'dt') break;
    if (!isBackward(around) && /[\p{L}\p{N}]/u.test(wordsBeside(around, backLinks))) break;
    wrapper = around;
  }
  return wrapper;
}

/** MediaWiki's links back hold words for those who do not see the page. */
function isBackward({ properties }: Element): boolean {
  return attribute(properties['className']).split(' ').includes('mw-cite-backlink');
}

function wordsBeside(parent: Element, backLinks: ReadonlySet<Element>): string {
  return parent.children
    .map((child) => {
      if (child.type === 'text') return child.value;
      if (child.type !== 'element' || backLinks.has(child)) return '';
      return child.tagName === 'img' ? 'picture' : wordsBeside(child, backLinks);
    })
    .join('');
}

function drop(part: Element, map: PageMap): void {
  const [parent] = map.ancestorsOf(part);
  if (parent !== undefined) parent.children = parent.children.filter((child) => child !== part);
}

/** Takes space from the end, no-break spaces too, and what holds nothing else. */
function trimEnd(parent: Element): void {
  for (let at: Element | undefined = parent; at !== undefined;) {
    const last: ElementContent | undefined = at.children.at(-1);
    if (last?.type !== 'text') {
      at = last?.type === 'element' && last.tagName !== 'pre' ? last : undefined;
      continue;
    }
    last.value = last.value.trimEnd();
    if (last.value !== '') return;
    at.children.pop();
  }
}

function startWith(holder: Element, words: string): void {
  const first = holder.children.find((child) => child.type === 'element');
  if (first === undefined || first.tagName !== 'p')
    holder.children.unshift(element('p', [text(`${words}:`)]));
  else first.children.unshift(text(`${words}: `));
}
