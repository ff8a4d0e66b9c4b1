/** The pages that a text is most likely about: what a prompt shows of a wiki that is larger than it. */
import { analyse, detectLanguage } from '@openkb/wiki';

import { type Catalogue, type CataloguedPage } from './read-catalogue.ts';

export interface ShortlistOptions {
  readonly kind: CataloguedPage['kind'];
  /** At most so many pages. */
  readonly limit: number;
  /** BCP 47 tag of the text; detected where it is not given. */
  readonly language?: string;
}

const K1 = 1.2;
const B = 0.75;
const NAME_WEIGHT = 3;
/** More words of a document say nothing new about what it is about. */
const MAX_TEXT = 200_000;

/**
 * The pages of one kind that rank highest for the text, best first; all pages, by path, where there are no
 * more than `limit`. BM25 (k1 1.2, b 0.75) over title, aliases (three times) and description; a term of the
 * text counts by the logarithm of its frequency there. Equal ranks go by path.
 */
export function shortlist(
  catalogue: Pick<Catalogue, 'pages'>,
  text: string,
  { kind, limit, language = detectLanguage(text) }: ShortlistOptions,
): CataloguedPage[] {
  const pages = catalogue.pages.filter((page) => page.kind === kind);
  if (pages.length <= limit) return pages.toSorted(byPath);
  const wanted = queryWeights(text.slice(0, MAX_TEXT), language);
  const tellTerms = rememberTerms(language);
  const entries = pages.map((page) => countTerms(page, wanted, tellTerms));
  const total = entries.reduce((sum, { length }) => sum + length, 0);
  const average = total / Math.max(1, entries.length);
  const containing = new Map<string, number>();
  for (const { counts } of entries)
    for (const term of counts.keys()) containing.set(term, (containing.get(term) ?? 0) + 1);
  return entries
    .map(({ page, counts, length }) => {
      let score = 0;
      for (const [term, count] of counts) {
        const held = containing.get(term) ?? 0;
        const rarity = Math.log(1 + (pages.length - held + 0.5) / (held + 0.5));
        const damping = K1 * (1 - B + (B * length) / average);
        score += ((wanted.get(term) ?? 0) * rarity * count * (K1 + 1)) / (count + damping);
      }
      return { page, score };
    })
    .toSorted((a, b) => b.score - a.score || byPath(a.page, b.page))
    .slice(0, Math.max(0, limit))
    .map(({ page }) => page);
}

function queryWeights(text: string, language: string): Map<string, number> {
  const weights = new Map<string, number>();
  for (const term of analyse(text, language)) weights.set(term, (weights.get(term) ?? 0) + 1);
  for (const [term, count] of weights) weights.set(term, Math.log(1 + count));
  return weights;
}

interface Entry {
  readonly page: CataloguedPage;
  /** The terms that the text has too. */
  readonly counts: ReadonlyMap<string, number>;
  readonly length: number;
}

function countTerms(
  page: CataloguedPage,
  wanted: ReadonlyMap<string, number>,
  tellTerms: TellTerms,
): Entry {
  const counts = new Map<string, number>();
  let length = 0;
  const count = (text: string, weight: number): void => {
    tellTerms(text, (term) => {
      length += weight;
      if (wanted.has(term)) counts.set(term, (counts.get(term) ?? 0) + weight);
    });
  };
  count([page.title, ...page.aliases].join('\n'), NAME_WEIGHT);
  count(page.description, 1);
  return { page, counts, length };
}

/** Tells the terms of a text, one after the other. */
type TellTerms = (text: string, tell: (term: string) => void) => void;

/** `analyse` of many short texts: no term reaches over a space, and thousands of pages share their words. */
function rememberTerms(language: string): TellTerms {
  const known = new Map<string, readonly string[]>();
  return (text, tell) => {
    for (const chunk of text.split(/\s+/)) {
      let terms = known.get(chunk);
      if (terms === undefined) {
        terms = analyse(chunk, language);
        known.set(chunk, terms);
      }
      for (const term of terms) tell(term);
    }
  };
}

function byPath(a: CataloguedPage, b: CataloguedPage): number {
  return a.path < b.path ? -1 : Number(a.path > b.path);
}
