import { analyseInto } from './analyse.ts';
import { definitionKeys } from './definition.ts';
import { detectLanguage } from './detect-language.ts';
import { LATIN_WORDS } from './language-words.ts';
import type { Passage } from './passage.ts';

/** What `searchPassages` searches. Plain data; make it with `buildSearchIndex` and do not change it. */
export interface SearchIndex {
  readonly passages: readonly Passage[];
  /** The language in which each passage was analysed. */
  readonly languages: readonly string[];
  /** Terms of each passage, title and heading counted three times. */
  readonly lengths: readonly number[];
  readonly averageLength: number;
  /** Term -> passage number, frequency, passage number, frequency, ... in ascending order of passages. */
  readonly postings: ReadonlyMap<string, readonly number[]>;
  /** Language -> words of the passages in it -> their terms. */
  readonly vocabularies: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Names of pages -> the passage that defines the name. */
  readonly definitions: ReadonlyMap<string, number>;
}

const TITLE_WEIGHT = 3;

/** Builds the index. Each page is analysed in its own language; a page too short to tell, in that of most of the text. */
export function buildSearchIndex(passages: readonly Passage[]): SearchIndex {
  const languageOf = pageLanguages(passages);
  const languages: string[] = [];
  const lengths: number[] = [];
  const postings = new Map<string, number[]>();
  const vocabularies = new Map<string, Map<string, string>>();
  for (const [number, passage] of passages.entries()) {
    const language = languageOf.get(passage.page) ?? 'en';
    const vocabulary = vocabularies.get(language) ?? new Map<string, string>();
    vocabularies.set(language, vocabulary);
    const names = [passage.title, passage.heading, ...(passage.aliases ?? [])].join('\n');
    const frequencies = new Map<string, number>();
    let length = 0;
    const count = (text: string, weight: number): void => {
      for (const term of analyseInto(vocabulary, text, language)) {
        frequencies.set(term, (frequencies.get(term) ?? 0) + weight);
        length += weight;
      }
    };
    count(passage.text, 1);
    count(names, TITLE_WEIGHT);
    for (const [term, frequency] of frequencies) {
      const list = postings.get(term);
      if (list) list.push(number, frequency);
      else postings.set(term, [number, frequency]);
    }
    languages.push(language);
    lengths.push(length);
  }
  const total = lengths.reduce((sum, length) => sum + length, 0);
  return {
    passages,
    languages,
    lengths,
    averageLength: total / Math.max(1, passages.length),
    postings,
    vocabularies,
    definitions: definitionTable(passages, languages),
  };
}

const SAMPLE = 3000;
const SHORT = 200;

function pageLanguages(passages: readonly Passage[]): Map<string, string> {
  const samples = new Map<string, string>();
  for (const { page, text } of passages) {
    const sample = samples.get(page) ?? '';
    if (sample.length < SAMPLE) samples.set(page, `${sample} ${text}`.slice(0, SAMPLE));
  }
  const languages = new Map<string, string>();
  const weights = new Map<string, number>();
  for (const [page, sample] of samples) {
    const language = detectLanguage(sample);
    languages.set(page, language);
    weights.set(language, (weights.get(language) ?? 0) + sample.length);
  }
  const [most = 'en'] = [...weights.keys()]
    .filter((language) => Object.hasOwn(LATIN_WORDS, language))
    .toSorted((a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0) || (a < b ? -1 : 1));
  for (const [page, sample] of samples) {
    const guessed = languages.get(page) ?? 'en';
    if (sample.length < SHORT && Object.hasOwn(LATIN_WORDS, guessed)) languages.set(page, most);
  }
  return languages;
}

/** The first passage of the page that has a name; concepts before entities before other pages, then the first page. */
function definitionTable(
  passages: readonly Passage[],
  languages: readonly string[],
): Map<string, number> {
  const table = new Map<string, number>();
  const seen = new Set<string>();
  for (const [number, passage] of passages.entries()) {
    if (seen.has(passage.page)) continue;
    seen.add(passage.page);
    for (const key of definitionKeys(passage, languages[number] ?? 'en')) {
      const present = table.get(key);
      if (present === undefined || rank(passage) < rank(passages[present])) table.set(key, number);
    }
  }
  return table;
}

function rank(passage: Passage | undefined): number {
  if (passage?.page.startsWith('concepts/') === true) return 0;
  return passage?.page.startsWith('entities/') === true ? 1 : 2;
}
