import { lazy } from '../lazy.ts';
import { kindOf, kindTable, LETTER, OTHER } from './character-kinds.ts';
import { CYRILLIC_WORDS, LATIN_WORDS } from './language-words.ts';
import { UNKNOWN, Vocabulary } from './vocabulary.ts';

const SAMPLE = 20_000;

/**
 * The language of a text as a primary BCP 47 tag, `en` where nothing speaks for another. By script first, then, among
 * the languages of one script, by the function words found. Sure on a page or more of text (98 in 100 right at 1,000
 * characters), a guess on a line.
 */
export function detectLanguage(text: string): string {
  const sample = sampleOf(text);
  // what the patterns are asked about: in most texts little or nothing
  const special = sample.replace(/[\0-\x7F]+/g, '');
  if (special === '') return byWords(sample, LATIN_WORDS) ?? 'en';
  const counts = new Map(
    scripts().map(([name, pattern]) => [name, special.match(pattern)?.length ?? 0]),
  );
  counts.set('latin', (counts.get('latin') ?? 0) + plainLetters(sample));
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

/** Letters from a to z, of either case. */
function plainLetters(text: string): number {
  let letters = 0;
  for (let i = 0; i < text.length; i += 1) {
    const lower = text.charCodeAt(i) | 0x20;
    if (lower >= 0x61 && lower <= 0x7a) letters += 1;
  }
  return letters;
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
  const { words, languagesOf, longest, filter } = wordTable(lists);
  const names = Object.keys(lists);
  const hits = new Float64Array(names.length);
  eachRun(sample.toLowerCase(), (text, start, end) => {
    if (end - start > longest || filter[shape(text, start, end)] === 0) return;
    const word = words.find(text, start, end);
    if (word === UNKNOWN) return;
    const languages = languagesOf[word] ?? [];
    for (const language of languages) hits[language] = (hits[language] ?? 0) + 1 / languages.length;
  });
  let best: number | undefined;
  for (const [language, hit] of hits.entries())
    if (hit > (best === undefined ? 0 : (hits[best] ?? 0))) best = language;
  return best === undefined ? undefined : names[best];
}

/** Visits the runs of letters and marks. */
function eachRun(text: string, visit: (text: string, start: number, end: number) => void): void {
  // a letter beyond 16 bits has two units, which the table cannot tell
  if (/[\uD800-\uDFFF]/.test(text)) {
    for (const { index, 0: run } of text.matchAll(/[\p{L}\p{M}]+/gu))
      visit(text, index, index + run.length);
    return;
  }
  const kinds = kindTable();
  let start = -1;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const kind = kinds[unit] || kindOf(unit);
    const isLetter = kind === LETTER || (kind === OTHER && /[\p{L}\p{M}]/u.test(text.charAt(at)));
    if (isLetter) {
      if (start < 0) start = at;
    } else if (start >= 0) {
      visit(text, start, at);
      start = -1;
    }
  }
  if (start >= 0) visit(text, start, text.length);
}

interface WordTable {
  readonly words: Vocabulary;
  /** By word, the numbers of its languages. */
  readonly languagesOf: readonly (readonly number[])[];
  /** Length of the longest word. */
  readonly longest: number;
  /** 1 for the shapes that words have: most other words are told by theirs. */
  readonly filter: Uint8Array;
}

const SHAPES = 1 << 13;

/** A number from the first letter, the last and the length. */
const shape = (text: string, start: number, end: number): number =>
  (text.charCodeAt(start) * 421 + text.charCodeAt(end - 1) * 29 + end - start) & (SHAPES - 1);

const tables = new Map<unknown, WordTable>();

function wordTable(lists: Readonly<Record<string, string>>): WordTable {
  const present = tables.get(lists);
  if (present !== undefined) return present;
  const words = new Vocabulary();
  const languagesOf: number[][] = [];
  const filter = new Uint8Array(SHAPES);
  let longest = 0;
  for (const [language, list] of Object.values(lists).entries()) {
    for (const word of new Set(list.split(' '))) {
      (languagesOf[words.numberOf(word, 0, word.length)] ??= []).push(language);
      longest = Math.max(longest, word.length);
      filter[shape(word, 0, word.length)] = 1;
    }
  }
  const table = { words, languagesOf, longest, filter };
  tables.set(lists, table);
  return table;
}
