import { definitionKeys } from './definition.ts';
import { packSegment } from './pack-segment.ts';
import { PassageWords } from './passage-words.ts';
import type { Passage } from './passage.ts';
import { pageLanguage, type SearchedPage } from './searched-page.ts';
import type { Segment, SegmentPage } from './segment.ts';

const TITLE_WEIGHT = 3;

/** Analyses pages, each in its own language; `most` is the language of those too short to tell. */
export function buildSegment(pages: readonly SearchedPage[], most: string): Segment {
  const words = new PassageWords();
  const analysed = pages.map((page): SegmentPage => {
    const language = pageLanguage(page, most);
    for (const passage of page.passages) addPassage(words, passage, language);
    const [first] = page.passages;
    const names = first === undefined ? [] : definitionKeys(first, language);
    const { path, guess, sample } = page;
    const count = page.passages.length;
    return { path, guess, sample, language, count, names: `\n${names.join('\n')}\n` };
  });
  return packSegment(analysed, words.lengths(), words.entries());
}

function addPassage(words: PassageWords, passage: Passage, language: string): void {
  const { title, heading, aliases = [], text } = passage;
  words.add(text, language, 1);
  words.add([title, heading, ...aliases].join('\n'), language, TITLE_WEIGHT);
  words.endPassage();
}
