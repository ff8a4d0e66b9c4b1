/** English word forms: singulars, and which words can end a term. */
import { ENGLISH_NO_BEGINNING } from './function-words.ts';
import { ADJECTIVE_LIKE_NOUNS, LY_NOUNS } from './generic-words.ts';

/** Words in -s that are no plurals, beyond -ss, -us, -is. */
const SINGULAR_S =
  /^(?:series|species|means|news|always|perhaps|has|was|does|kubernetes|redis|aws|dns|ios|macos|sms|gps|css|https|tls|http|james|thomas|texas|lens|chaos|atlas|bias|gas|canvas|alias|pandas|athens|wales|mars|paris|charles|jones|williams|keras|postgres|sales|odds|basics|economics|mathematics|physics|statistics|analytics|robotics|ethics|politics|linguistics|semantics|dynamics|mechanics|electronics|graphics|genetics|logistics|heuristics|kinetics|optics|acoustics|aerodynamics|thermodynamics|bioinformatics|informatics|metrics?)$/;

const IRREGULAR: Readonly<Record<string, string>> = {
  indices: 'index',
  matrices: 'matrix',
  vertices: 'vertex',
  appendices: 'appendix',
  analyses: 'analysis',
  hypotheses: 'hypothesis',
  syntheses: 'synthesis',
  theses: 'thesis',
  crises: 'crisis',
  axes: 'axis',
  bases: 'basis',
  criteria: 'criterion',
  phenomena: 'phenomenon',
  children: 'child',
  women: 'woman',
  men: 'man',
  mice: 'mouse',
  people: 'people',
  leaves: 'leaf',
  wolves: 'wolf',
  knives: 'knife',
  lives: 'life',
  metrics: 'metric',
  heuristics: 'heuristic',
  biases: 'bias',
  aliases: 'alias',
  lenses: 'lens',
  viruses: 'virus',
  caches: 'cache',
  aches: 'ache',
};

/**
 * Plural to singular and nothing more. A stemmer also makes *encoder* and *encoding* one word,
 * which merges concepts that differ.
 */
export function englishSingular(word: string): string {
  const irregular = Object.hasOwn(IRREGULAR, word) ? IRREGULAR[word] : undefined;
  if (irregular !== undefined) return irregular;
  if (word.length < 4 || !word.endsWith('s') || /(?:ss|us|is|'s)$/.test(word)) return word;
  if (SINGULAR_S.test(word) || !/^[\p{L}\p{N}]+$/u.test(word)) return word;
  if (/[^aeiou]ies$/.test(word) && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:xes|sses|shes|[^a]ches|tches|zzes)$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

/** Whether a word can be the last of an English term: no adverb, no adjective, no participle in -ed. */
export function canEndEnglishTerm(lower: string): boolean {
  if (lower.endsWith('ly')) return LY_NOUNS.has(lower);
  if (/(?:ous|ful|able|ible|ive|ical|ish|ed|less|wise)$/.test(lower))
    return ADJECTIVE_LIKE_NOUNS.has(lower);
  return true;
}

/** Whether a word can be the first of an English term. */
export function canBeginEnglishTerm(lower: string): boolean {
  if (ENGLISH_NO_BEGINNING.has(lower)) return false;
  return !lower.endsWith('ly') || LY_NOUNS.has(lower);
}
