import type { Root } from 'hast';

import { attribute, eachElement } from './hast.ts';

/** Makes the links of a page and of its pictures lead on from its address; those within the page stay. */
export function makeLinksAbsolute(tree: Root, url: string): void {
  let base = url;
  eachElement(tree, ({ tagName, properties }) => {
    if (tagName === 'base') base = resolveUrl(attribute(properties['href']), url) ?? url;
  });
  eachElement(tree, ({ tagName, properties }) => {
    const name = tagName === 'a' ? 'href' : tagName === 'img' ? 'src' : undefined;
    if (name === undefined || properties[name] === undefined) return;
    const address = attribute(properties[name]).trim();
    if (address === '' || address.startsWith('#')) return;
    const resolved = resolveUrl(address, base);
    if (resolved === undefined) return;
    // a link to the page itself by its whole address leads within it
    const [page, fragment] = resolved.split('#', 2);
    const isOwn = tagName === 'a' && fragment !== undefined && page === url.split('#', 1)[0];
    properties[name] = isOwn ? `#${fragment}` : resolved;
  });
}

/** `undefined` for what is no address. */
export function resolveUrl(address: string, base: string): string | undefined {
  return URL.canParse(address, base) ? new URL(address, base).href : undefined;
}
