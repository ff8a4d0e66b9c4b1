import { definitionKeys } from './definition.ts';
import { packSegment } from './pack-segment.ts';
import { PassageWords } from './passage-words.ts';
import type { Passage } from './passage.ts';
import { isTooShort, type LanguageGuess, type SearchedPage } from './searched-page.ts';
import type { Segment, SegmentPage } from './segment.ts';

const TITLE_WEIGHT = 3;

/** Analyses pages, each in its own language; `most` is the language of those too short to tell. */
export function buildSegment(pages: readonly SearchedPage[], most: string): Segment {
  const builder = new SegmentBuilder();
  for (const page of pages) builder.add(page);
  return builder.finish(most);
}

/** Builds a segment page by page: nothing is kept of their texts, but of those too short to tell their language. */
export class SegmentBuilder {
  readonly #words = new PassageWords();
  readonly #pages: SegmentPage[] = [];
  readonly #short: SearchedPage[] = [];

  add(page: SearchedPage): void {
    if (isTooShort(page)) this.#short.push(page);
    else this.#analyse(page, page.guess);
  }

  /** What the languages of the added pages are told from. */
  get guesses(): readonly LanguageGuess[] {
    return [...this.#pages, ...this.#short];
  }

  /** @param most the language of the pages too short to tell */
  finish(most: string): Segment {
    for (const page of this.#short) this.#analyse(page, most);
    return packSegment(this.#pages, this.#words.lengths(), this.#words.entries());
  }

  #analyse({ path, guess, sample, passages }: SearchedPage, language: string): void {
    for (const passage of passages) addPassage(this.#words, passage, language);
    const [first] = passages;
    const names = first === undefined ? [] : definitionKeys(first, language);
    this.#pages.push({
      path,
      guess,
      sample,
      language,
      count: passages.length,
      names: `\n${names.join('\n')}\n`,
    });
  }
}

function addPassage(words: PassageWords, passage: Passage, language: string): void {
  const { title, heading, aliases = [], text } = passage;
  words.add(text, language, 1);
  words.add([title, heading, ...aliases].join('\n'), language, TITLE_WEIGHT);
  words.endPassage();
}
