/** The main content of a web page, by Mozilla's Readability in a document without scripts or network. */
import { resolveUrl } from '../../html-to-markdown/absolute-links.ts';

export interface MainContent {
  readonly html: string;
  readonly title?: string;
  readonly author?: string;
  readonly date?: string;
  readonly language?: string;
}

/** A page of so few letters has no text of its own: a list of links, a log-in. */
const SHORTEST = 300;
const SHORTEST_HEADLINE = 3;
const MOST_ELEMENTS = 200_000;

/** `undefined` when the page has none. */
export async function mainContentOf(
  html: string,
  url: string | undefined,
): Promise<MainContent | undefined> {
  const [{ parseHTML }, { Readability }] = await Promise.all([
    import('linkedom'),
    import('@mozilla/readability'),
  ]);
  const { document } = parseHTML(html);
  if (url !== undefined) addBase(document, url);
  const headline = takeHeadline(document);
  const reader = new Readability(document, {
    charThreshold: 200,
    keepClasses: true,
    maxElemsToParse: MOST_ELEMENTS,
  });
  const article = parsed(reader);
  if (article?.content == null || (article.textContent ?? '').trim().length < SHORTEST)
    return undefined;
  const { title, byline, publishedTime, lang } = article;
  return {
    html: article.content,
    ...fields({ title: headline ?? title, author: byline, date: publishedTime, language: lang }),
  };
}

/** The heading whose words begin the title of the page, which goes on with the name of the site. */
function takeHeadline(document: PageDocument): string | undefined {
  const title = oneLine(document.querySelector('title')?.textContent);
  const heading = document.querySelector('h1');
  const headline = oneLine(heading?.textContent);
  if (
    headline.length < SHORTEST_HEADLINE ||
    !title.toLowerCase().startsWith(headline.toLowerCase())
  )
    return undefined;
  heading?.remove();
  return headline;
}

function oneLine(text: string | null | undefined): string {
  return (text ?? '').replace(/\s+/g, ' ').trim();
}

/** What is used of the DOM. */
interface PageElement {
  readonly textContent: string | null;
  remove(): void;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  prepend(child: PageElement): void;
}

interface PageDocument {
  readonly head: PageElement | null;
  querySelector(selector: string): PageElement | null;
  createElement(name: string): PageElement;
}

interface Article {
  readonly content?: string | null | undefined;
  readonly textContent?: string | null | undefined;
  readonly title?: string | null | undefined;
  readonly byline?: string | null | undefined;
  readonly publishedTime?: string | null | undefined;
  readonly lang?: string | null | undefined;
}

/** It throws on pages of very many elements, and where the library below lacks a part of the DOM. */
function parsed(reader: { parse(): Article | null }): Article | null {
  try {
    return reader.parse();
  } catch {
    return null;
  }
}

function addBase(document: PageDocument, url: string): void {
  const stated = document.querySelector('base')?.getAttribute('href') ?? '';
  const base = document.querySelector('base') ?? document.createElement('base');
  base.setAttribute('href', resolveUrl(stated, url) ?? url);
  document.head?.prepend(base);
}

function fields<K extends string>(
  values: Readonly<Record<K, string | null | undefined>>,
): Partial<Record<K, string>> {
  const filled: Partial<Record<K, string>> = {};
  for (const [name, value] of Object.entries<string | null | undefined>(values)) {
    const line = oneLine(value);
    if (line !== '') filled[name as K] = line;
  }
  return filled;
}
