/**
 * Numbered lines alone, for files with one font: the chain of lines whose numbers follow each
 * other (`1`, `1.1`, `1.2`, `2`) and that reaches over most pages. Lists count `1`, `2`, `3` too,
 * but on one page: a step onto a new page weighs more than one on the same page.
 */
import { type Evidence, type Finding, type Heading, checkHeadings } from '../heading.ts';
import { headingAt } from '../locate.ts';
import { parseNumbering } from '../numbering.ts';
import { cleanTitle } from '../text.ts';

const LONGEST = 110;
const MOST_WORDS = 14;
const FEWEST = 3;
const NEW_PAGE = 1;
const SAME_PAGE = 0.2;
/** A number may be missing, at this price. */
const SKIPPED = 0.5;

interface Candidate {
  readonly heading: Heading;
  readonly numbers: readonly number[];
}

interface Link extends Candidate {
  readonly score: number;
  readonly before: Link | undefined;
}

/** A chapter or a decimal number with a title that does not read as a sentence. */
const numbersOf = (text: string): readonly number[] | undefined => {
  if (text.length > LONGEST || text.split(/\s+/).length > MOST_WORDS) return undefined;
  if (/[,;:]$|\s\d+(?:\.\d+)?$|[a-z]\.$|(?:\.\s*){3,}/u.test(text)) return undefined;
  if (/^\d+\)/.test(text)) return undefined;
  const numbering = parseNumbering(text);
  const named = numbering?.kind === 'chapter';
  if (!named && (numbering?.kind !== 'decimal' || !/^[\p{Lu}\p{Lo}]/u.test(numbering.rest)))
    return undefined;
  return numbering.numbers.every((number) => number < 100) ? numbering.numbers : undefined;
};

const collect = (evidence: Evidence): readonly Candidate[] =>
  evidence.pages
    .filter((page) => !evidence.contentsPages.has(page.number))
    .flatMap((page) =>
      page.lines.flatMap((line, i) => {
        if (line.text.length > 2 * LONGEST) return [];
        const text = cleanTitle(line.text.replace(/^\s*#+\s+/, ''));
        const numbers = numbersOf(text);
        if (numbers === undefined) return [];
        const heading = { title: text, level: numbers.length, page: page.number };
        return [{ heading: headingAt(evidence, heading, i), numbers }];
      }),
    );

/** Ends of the best chains so far, by the number they end at and by each number above that. */
class Chains {
  readonly #at = new Map<string, Link>();
  readonly #under = new Map<string, Link>();

  /** The best chain that a line with these numbers may follow. */
  before(numbers: readonly number[]): { readonly link: Link | undefined; readonly price: number } {
    const parents = numbers.slice(0, -1);
    const last = numbers.at(-1) ?? 0;
    const sibling = (step: number) => this.#under.get([...parents, last - step].join('.'));
    const options = [
      { link: last === 1 ? this.#at.get(parents.join('.')) : undefined, price: 0 },
      { link: sibling(1), price: 0 },
      { link: sibling(2), price: SKIPPED },
    ];
    const best = options
      .filter(({ link }) => link !== undefined)
      .toSorted((a, b) => (b.link?.score ?? 0) - b.price - ((a.link?.score ?? 0) - a.price));
    return best[0] ?? { link: undefined, price: 0 };
  }

  add(link: Link): void {
    const put = (map: Map<string, Link>, key: string): void => {
      if ((map.get(key)?.score ?? -1) < link.score) map.set(key, link);
    };
    put(this.#at, link.numbers.join('.'));
    for (let i = 1; i <= link.numbers.length; i += 1)
      put(this.#under, link.numbers.slice(0, i).join('.'));
  }
}

/** Headings by number, or why they give no frame. */
export const fromNumbering = (evidence: Evidence): Finding => {
  const chains = new Chains();
  let best: Link | undefined;
  for (const { heading, numbers } of collect(evidence)) {
    const { link: before, price } = chains.before(numbers);
    const starts = numbers.every((number) => number === 1);
    if (before === undefined && !starts) continue;
    const gain = before?.heading.page === heading.page ? SAME_PAGE : NEW_PAGE;
    const link = { heading, numbers, before, score: (before?.score ?? 0) + gain - price };
    chains.add(link);
    if (best === undefined || link.score > best.score) best = link;
  }
  const headings: Heading[] = [];
  for (let link = best; link !== undefined; link = link.before) headings.unshift(link.heading);
  if (headings.length < FEWEST)
    return { rejected: `${headings.length} in order, ${FEWEST} needed` };
  const count = evidence.pages.length;
  const onPages = new Set(headings.map(({ page }) => page)).size;
  const leastPages = Math.min(FEWEST, Math.ceil(count / 4));
  if (onPages < leastPages) return { rejected: `all on ${onPages} of ${count} pages` };
  return checkHeadings(headings, count);
};
