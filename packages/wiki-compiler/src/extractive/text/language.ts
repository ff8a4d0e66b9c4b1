/** What the analysis must know of a language. Languages without an entry of their own work by stop words and stems. */
import { detectLanguage, stem, stopWords } from '@openkb/wiki';

import type { Language } from '../shapes.ts';
import { canBeginEnglishTerm, canEndEnglishTerm, englishSingular } from '../words/english.ts';
import { ENGLISH_FUNCTION_WORDS } from '../words/function-words.ts';
import { ENGLISH_GENERIC_WORDS } from '../words/generic-words.ts';
import { CHINESE_GENERIC_WORDS, GERMAN_GENERIC_WORDS } from '../words/other-generic-words.ts';
import { isSpacedLanguage } from './script.ts';

export interface LanguageProfile {
  readonly language: Language;
  /** Words are separated by spaces. */
  readonly spaced: boolean;
  /** Lower-case word to the form that identifies it. */
  readonly canonical: (lower: string) => string;
  /** Words that no term holds at its edges nor inside. */
  isFunctionWord(lower: string): boolean;
  canBegin(text: string, lower: string): boolean;
  canEnd(text: string, lower: string): boolean;
  /** Lower-case words, or canonical parts, that name nothing by themselves. */
  isGeneric(part: string): boolean;
}

/** The language of a text by its script and stop words; `en` when nothing speaks for another. */
export function languageOf(text: string): Language {
  return detectLanguage(text);
}

const GENERIC_WORDS: ReadonlyMap<Language, ReadonlySet<string>> = new Map([
  ['de', GERMAN_GENERIC_WORDS],
  ['zh', CHINESE_GENERIC_WORDS],
]);

/** Stems kept; a vocabulary is far smaller. */
const REMEMBERED = 50_000;

const profiles = new Map<Language, LanguageProfile>();

/** The profile of a language; made once. */
export function languageProfile(language: Language): LanguageProfile {
  let profile = profiles.get(language);
  if (profile === undefined) {
    profile = language === 'en' ? english() : general(language);
    profiles.set(language, profile);
  }
  return profile;
}

function english(): LanguageProfile {
  return {
    language: 'en',
    spaced: true,
    canonical: englishSingular,
    isFunctionWord: (lower) => ENGLISH_FUNCTION_WORDS.has(lower),
    canBegin: (_, lower) => canBeginEnglishTerm(lower),
    canEnd: (_, lower) => canEndEnglishTerm(lower),
    isGeneric: (part) => ENGLISH_GENERIC_WORDS.has(part),
  };
}

/** In German every noun is capitalised, so a term's last word must be; other languages have no such sign. */
function general(language: Language): LanguageProfile {
  const stops = stopWords(language);
  const spaced = isSpacedLanguage(language);
  const cache = new Map<string, string>();
  const canonical = (lower: string) => {
    let form = cache.get(lower);
    if (form === undefined) {
      form = spaced ? stem(lower, language) : lower;
      if (cache.size >= REMEMBERED) cache.clear();
      cache.set(lower, form);
    }
    return form;
  };
  const generic = new Set([...(GENERIC_WORDS.get(language) ?? [])].map(canonical));
  return {
    language,
    spaced,
    canonical,
    isFunctionWord: (lower) => stops.has(lower) || (spaced && lower.length === 1),
    canBegin: () => true,
    canEnd: (text) => language !== 'de' || /^\p{Lu}/u.test(text),
    isGeneric: (part) => generic.has(part),
  };
}
