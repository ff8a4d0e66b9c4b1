import type { Root } from 'hast';

import { attribute, eachElement, textOf } from '../../html-to-markdown/hast.ts';
import { pathOf } from './epub-package.ts';

/** The names that the table of contents (XHTML or NCX) gives to chapters, by their paths; the first of each. */
export function readContents(tree: Root, path: string): Map<string, string> {
  const directory = path.slice(0, path.lastIndexOf('/') + 1);
  const names = new Map<string, string>();
  let label = '';
  const add = (href: string, words: string): void => {
    const name = words.replace(/\s+/g, ' ').trim();
    const chapter = pathOf(href, directory);
    if (name !== '' && href !== '' && !names.has(chapter)) names.set(chapter, name);
  };
  eachElement(tree, (element) => {
    const { tagName, properties } = element;
    if (tagName === 'a') add(attribute(properties['href']), textOf(element));
    else if (tagName === 'navlabel') label = textOf(element);
    else if (tagName === 'content') add(attribute(properties['src']), label);
  });
  return names;
}
