/**
 * Porter's stemmer for English (M. F. Porter, "An algorithm for suffix stripping", 1980) in the dialect of
 * `@orama/stemmers`: `sion` and `tion` are cut off whole, and `y` at the beginning is a consonant. The same stems for a
 * fraction of the time, which is most of what the vocabulary of a large wiki takes.
 */

const C = '[^aeiou][^aeiouy]*';
const V = '[aeiouy][aeiou]*';
/** By Porter's measure `m`, the number of vowels followed by consonants. */
const ABOVE_0 = new RegExp(`^(?:${C})?${V}${C}`);
const ABOVE_1 = new RegExp(`^(?:${C})?${V}${C}${V}${C}`);
const IS_1 = new RegExp(`^(?:${C})?${V}${C}(?:${V})?$`);
const HAS_VOWEL = new RegExp(`^(?:${C})?[aeiouy]`);
/** Ends in consonant, vowel, consonant: short as `hop` is. */
const SHORT = new RegExp(`^${C}[aeiouy][^aeiouwxy]$`);
const DOUBLE = /([^aeiouylsz])\1$/;

/** Suffix -> what stands in its place, by the last letter of the suffix, longest first. */
type Suffixes = ReadonlyMap<string, readonly (readonly [string, string])[]>;

function suffixes(rules: string): Suffixes {
  const pairs = rules.split(' ').map((rule) => {
    const [from = '', to = ''] = rule.split('>');
    return [from, to] as const;
  });
  const byLast = new Map<string, (readonly [string, string])[]>();
  for (const pair of pairs.toSorted(([a], [b]) => b.length - a.length)) {
    const last = pair[0].slice(-1);
    byLast.set(last, [...(byLast.get(last) ?? []), pair]);
  }
  return byLast;
}

const STEP_2 = suffixes(
  'ational>ate tional>tion enci>ence anci>ance izer>ize bli>ble alli>al entli>ent eli>e ousli>ous ization>ize ation>ate ator>ate alism>al iveness>ive fulness>ful ousness>ous aliti>al iviti>ive biliti>ble logi>log',
);
const STEP_3 = suffixes('icate>ic ative> alize>al iciti>ic ical>ic ful> ness>');
const STEP_4 = suffixes(
  'al ance ence er ic able ible ant ement ment ent ou ism ate iti ous ive ize',
);

/** The stem of a lower-case word. */
export function englishStem(word: string): string {
  if (word.length < 3) return word;
  const marked = word.startsWith('y') ? `Y${word.slice(1)}` : word;
  let stem = withoutPlural(marked);
  stem = withoutTense(stem);
  if (stem.endsWith('y') && HAS_VOWEL.test(stem.slice(0, -1))) stem = `${stem.slice(0, -1)}i`;
  stem = replaced(stem, STEP_2);
  stem = replaced(stem, STEP_3);
  stem = withoutSuffix(stem);
  stem = withoutLastE(stem);
  if (stem.endsWith('ll') && ABOVE_1.test(stem)) stem = stem.slice(0, -1);
  return marked === word ? stem : `y${stem.slice(1)}`;
}

function withoutPlural(word: string): string {
  if (!word.endsWith('s')) return word;
  if (endsBehind(word, 'sses') || endsBehind(word, 'ies')) return word.slice(0, -2);
  return word.length > 2 && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

/** Whether something stands before the ending. */
const endsBehind = (word: string, ending: string): boolean =>
  word.length > ending.length && word.endsWith(ending);

function withoutTense(word: string): string {
  if (endsBehind(word, 'eed')) return ABOVE_0.test(word.slice(0, -3)) ? word.slice(0, -1) : word;
  const length = endsBehind(word, 'ed') ? 2 : endsBehind(word, 'ing') ? 3 : 0;
  if (length === 0) return word;
  const stem = word.slice(0, -length);
  if (!HAS_VOWEL.test(stem)) return word;
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`;
  if (DOUBLE.test(stem)) return stem.slice(0, -1);
  return SHORT.test(stem) ? `${stem}e` : stem;
}

/** The longest suffix that the word has behind something. */
function suffixOf(word: string, rules: Suffixes): readonly [string, string] | undefined {
  return rules.get(word.slice(-1))?.find(([from]) => endsBehind(word, from));
}

function replaced(word: string, rules: Suffixes): string {
  const [from, to] = suffixOf(word, rules) ?? [];
  if (from === undefined) return word;
  const stem = word.slice(0, -from.length);
  return ABOVE_0.test(stem) ? stem + to : word;
}

function withoutSuffix(word: string): string {
  const length =
    suffixOf(word, STEP_4)?.[0].length ??
    (endsBehind(word, 'sion') || endsBehind(word, 'tion') ? 4 : 0);
  const stem = word.slice(0, word.length - length);
  return length > 0 && ABOVE_1.test(stem) ? stem : word;
}

function withoutLastE(word: string): string {
  if (!endsBehind(word, 'e')) return word;
  const stem = word.slice(0, -1);
  return ABOVE_1.test(stem) || (IS_1.test(stem) && !SHORT.test(stem)) ? stem : word;
}
