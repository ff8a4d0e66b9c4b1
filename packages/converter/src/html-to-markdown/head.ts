import type { Element, Root } from 'hast';

import { attribute, eachElement, textOf } from './hast.ts';
import { readJsonLd } from './json-ld.ts';

/** What a page says about itself. */
export interface HtmlHead {
  readonly title?: string;
  readonly language?: string;
  readonly authors?: readonly string[];
  readonly date?: string;
  /** The address that it gives as its own. */
  readonly url?: string;
}

const AUTHOR = /^(?:author|dc\.creator|dcterms\.creator|citation_author|article:author)$/;
const DATE =
  /^(?:date|dc\.date|dcterms\.(?:date|created|issued)|article:published_time|citation_publication_date|citation_date)$/;
const TITLE = /^(?:og:title|dc\.title|citation_title)$/;

export function readHead(tree: Root): HtmlHead {
  const html = elements(tree.children).find(({ tagName }) => tagName === 'html');
  const head = elements(html?.children ?? []).find(({ tagName }) => tagName === 'head');
  const inHead = elements(head?.children ?? []);
  const metas = inHead.filter(({ tagName }) => tagName === 'meta').map((meta) => field(meta));
  const valuesOf = (name: RegExp): string[] =>
    metas.flatMap(([key, value]) => (name.test(key) && value !== '' ? [value] : []));
  const titleElement = inHead.find(({ tagName }) => tagName === 'title');
  const linked = readJsonLd(linkedData(tree));
  const title =
    oneLine(titleElement ? textOf(titleElement) : '') || valuesOf(TITLE)[0] || linked.title;
  const language = attribute(html?.properties['lang']).trim();
  const named = [...new Set(valuesOf(AUTHOR).filter((author) => !/^https?:/.test(author)))];
  const authors = named.length > 0 ? named : (linked.authors ?? []);
  const date = valuesOf(DATE)[0] ?? linked.date;
  const url = canonicalOf(inHead) ?? valuesOf(/^og:url$/)[0];
  return {
    ...(title !== undefined && title !== '' && { title }),
    ...(language !== '' && { language }),
    ...(authors.length > 0 && { authors }),
    ...(date !== undefined && { date }),
    ...(url !== undefined && /^https?:\/\//i.test(url) && { url }),
  };
}

function canonicalOf(inHead: readonly Element[]): string | undefined {
  const link = inHead.find(
    ({ tagName, properties }) =>
      tagName === 'link' && /(?:^|\s)canonical(?:\s|$)/i.test(attribute(properties['rel'])),
  );
  return link && attribute(link.properties['href']).trim();
}

function linkedData(tree: Root): string[] {
  const found: string[] = [];
  eachElement(tree, (element) => {
    if (
      element.tagName === 'script' &&
      attribute(element.properties['type']) === 'application/ld+json'
    )
      found.push(textOf(element));
  });
  return found;
}

function field(meta: Element): [string, string] {
  const { name, property, content } = meta.properties;
  return [attribute(name ?? property).toLowerCase(), oneLine(attribute(content))];
}

function elements(nodes: readonly { type: string }[]): Element[] {
  return nodes.filter((node): node is Element => node.type === 'element');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
