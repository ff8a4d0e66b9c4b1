import type { Element, Root } from 'hast';

import { attribute, textOf } from './hast.ts';

/** What a page says about itself. */
export interface HtmlHead {
  readonly title?: string;
  readonly language?: string;
  readonly authors?: readonly string[];
  readonly date?: string;
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
  const title = oneLine(titleElement ? textOf(titleElement) : '') || valuesOf(TITLE)[0];
  const language = attribute(html?.properties['lang']).trim();
  const authors = [...new Set(valuesOf(AUTHOR).filter((author) => !/^https?:/.test(author)))];
  const [date] = valuesOf(DATE);
  return {
    ...(title !== undefined && title !== '' && { title }),
    ...(language !== '' && { language }),
    ...(authors.length > 0 && { authors }),
    ...(date !== undefined && { date }),
  };
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
