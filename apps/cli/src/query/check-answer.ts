/**
 * The answer of a model, checked: what it links is there, page numbers are of pages that the document has,
 * and nothing in it fetches, runs or hides anything where the wiki is read.
 */
import { linkTarget, linkText, rewriteLinks, wikilink, type WikiLink } from '@openkb/wiki';

import { outsideCode } from './outside-code.ts';
import { pageNumbersOf } from './page-numbers.ts';
import type { WikiReader } from './wiki-reader.ts';

/** A page that an answer rests on. */
export interface Citation {
  /** Relative to the root: `wiki/concepts/attention.md`. */
  readonly page: string;
  /** 1-based pages of the source document, where the answer names some. */
  readonly sourcePages?: readonly number[];
}

export interface CheckedAnswer {
  /** Markdown with links to pages that exist. */
  readonly text: string;
  /** In order of first mention. */
  readonly citations: readonly Citation[];
  /** Links and page numbers that lead nowhere: their text stays, the link does not. */
  readonly unknown: readonly string[];
}

export type Reader = Pick<WikiReader, 'resolve' | 'hasPage'>;

export function checkAnswer(answer: string, reader: Reader): CheckedAnswer {
  const cited = new Map<string, Set<number>>();
  const unknown = new Set<string>();
  const link = (given: WikiLink, text: string): string => {
    const found = given.target === '' ? undefined : reader.resolve(given.target);
    if (found === undefined) {
      if (given.target !== '') unknown.add(given.target);
      return linkText(given);
    }
    const path = summaryOf(found, reader);
    const pages = cited.get(path) ?? new Set();
    cited.set(path, pages);
    const made = wikilink(linkTarget(path).replace(/\.json$/, ''), numbered(path, given));
    // in a table a bare bar would end the cell
    return isInTable(text, given.start) ? made.replaceAll('|', '\\|') : made;
  };
  const numbered = (path: string, { label }: WikiLink): string | undefined => {
    const { words, numbers } = pageNumbersOf(label ?? '');
    const [, document] = /^(?:summaries|sources)\/(.+)\.(?:md|json)$/.exec(path) ?? [];
    if (label === undefined || document === undefined || numbers.length === 0) return label;
    const real = numbers.filter((number) => reader.hasPage(document, number));
    for (const number of real) cited.get(path)?.add(number);
    for (const number of numbers)
      if (!real.includes(number)) unknown.add(`${linkTarget(path)}, p. ${number}`);
    if (real.length === numbers.length) return label;
    const shown = words === '' ? document : words;
    return real.length === 0 ? shown : `${shown}, p. ${real.join(', ')}`;
  };
  const wiki = outsideCode(answer, (part) => harmless(asWikilinks(withoutPictures(part), reader)));
  const text = linksChecked(wiki, link).trim();
  return {
    text,
    citations: [...cited].map(([path, pages]) => citation(path, pages)),
    unknown: [...unknown],
  };
}

function citation(path: string, pages: ReadonlySet<number>): Citation {
  const page = `wiki/${path}`;
  return pages.size === 0 ? { page } : { page, sourcePages: [...pages].toSorted((a, b) => a - b) };
}

/** What a link becomes may make a link with what stands around it: checked until nothing changes. */
function linksChecked(given: string, link: (link: WikiLink, text: string) => string): string {
  let text = given;
  for (let left = 5; left > 0; left -= 1) {
    const before = text;
    text = rewriteLinks(before, (one) => link(one, before));
    if (text === before) return text;
  }
  return text.replaceAll('[[', '[ [');
}

/** The text of a long document is JSON, which no reader of wikis opens: its summary stands for it. */
function summaryOf(path: string, { resolve }: Reader): string {
  const [, document] = /^sources\/(.+)\.json$/.exec(path) ?? [];
  return (document !== undefined && resolve(`summaries/${document}.md`)) || path;
}

/** `[label](address)`, the address bare or between angle brackets. */
const MARKDOWN_LINK =
  /(?<![\]!\\])\[([^[\]\n]*)\]\([ \t]*(?:<([^<>\n]*)>|((?:[^()\s<>]|\([^()\s<>]*\))*))(?:[ \t]+"[^"\n]*")?[ \t]*\)/g;

/** Links in the form of Markdown: to a page as a wikilink, to the web as they are, to anything else as their text. */
function asWikilinks(text: string, { resolve }: Reader): string {
  return text.replace(
    MARKDOWN_LINK,
    (whole, label: string, quoted: string | undefined, bare: string | undefined) => {
      const url = (quoted ?? bare ?? '').trim();
      if (/^https?:\/\//i.test(url)) return whole;
      const target = decoded(url.replace(/^(?:\.{0,2}\/)+/, ''));
      return resolve(target) === undefined ? label : wikilink(target, label);
    },
  );
}

function isInTable(text: string, position: number): boolean {
  const start = text.lastIndexOf('\n', position - 1) + 1;
  return position > 0 && /^ {0,3}\|/.test(text.slice(start, position));
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

/** Whatever is left that names an address which is not of the web. */
const OTHER_ADDRESS = /(\][(:][ \t]*<?[ \t]*)(?!https?:)(?=[a-z][a-z\d+.-]*:)/gi;

/** A reader would fetch pictures from anywhere; what is left of one is a link, and judged as such. */
const withoutPictures = (text: string): string => text.replace(/!+(?=\[)/g, '');

/** With HTML shown instead of run. */
function harmless(text: string): string {
  return text
    .replace(OTHER_ADDRESS, (opening) => `\\${opening}`)
    .replace(/<(?=[a-z/!?])(?!https?:\/\/[^\s<>]*>)/gi, '&lt;');
}
