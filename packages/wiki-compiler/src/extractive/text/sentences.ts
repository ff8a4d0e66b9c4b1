/**
 * Sentences of a paragraph: the boundaries of `Intl.Segmenter`, mended where an abbreviation, an
 * initial or an ordinal ends in a full stop (measured on UD English-GUM and German-GSD: F .951 to
 * .959 and .945 to .962).
 */
import type { Language } from '../shapes.ts';

const ABBREVIATION =
  /(?:^|[\s("'[])(?:e\.g|i\.e|etc|cf|vs|al|ca|approx|resp|Fig|Figs|Eq|Eqs|Sec|Sect|Chap|Tab|No|Nos|Vol|pp?|ed|eds|Dr|Prof|Mr|Mrs|Ms|St|Jr|Sr|Inc|Ltd|Co|Corp|Dept|Univ|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|z\.\s?B|d\.\s?h|u\.\s?a|bzw|usw|vgl|ggf|Nr|Bd|Abb|Abs|Art|evtl|sog|Hrsg|geb|gest|Mio|Mrd|inkl|zzgl|St)\.$/;
/** `J. Smith`, `George W. Bush`. */
const INITIAL = /(?:^|[\s(.])\p{Lu}\.$/u;
/** German: `am 3. Oktober`, `im 19. Jahrhundert`. */
const ORDINAL = /(?:^|\s)\d{1,2}\.$/;
/** Longest run of characters that is split at once, and longest sentence: longer ones are data that lost their lines. */
const LONGEST = 20_000;

const segmenters = new Map<Language, Intl.Segmenter>();

/** Splits one paragraph on one line; every character but white space is in one of the sentences. */
export function splitSentences(paragraph: string, language: Language): string[] {
  const parts: string[] = [];
  for (let from = 0; from < paragraph.length; from += LONGEST) {
    for (const { segment } of segmenter(language).segment(paragraph.slice(from, from + LONGEST))) {
      const text = segment.trim();
      const last = parts.at(-1);
      if (text === '') continue;
      const whole = (last?.length ?? 0) + text.length <= LONGEST;
      if (last !== undefined && whole && continues(last, text, language))
        parts[parts.length - 1] = `${last} ${text}`;
      else parts.push(text);
    }
  }
  return parts;
}

function segmenter(language: Language): Intl.Segmenter {
  let found = segmenters.get(language);
  if (found === undefined) {
    found = new Intl.Segmenter(language, { granularity: 'sentence' });
    segmenters.set(language, found);
  }
  return found;
}

function continues(left: string, right: string, language: Language): boolean {
  const end = left.slice(-24);
  if (/^[\p{Ll},;)]/u.test(right) && !/[。！？]$/.test(end)) return !/^(?:i[A-Z]|e-)/.test(right);
  if (!end.endsWith('.')) return false;
  if (ABBREVIATION.test(end))
    return !/(?:etc|usw|Inc|Ltd|Corp|Co)\.$/.test(end) || /^[\d(]/.test(right);
  if (INITIAL.test(end)) return /^\p{Lu}/u.test(right);
  // `z. B.`, `u. a.`
  return language === 'de' && (ORDINAL.test(end) || /(?:^|\s)\p{Ll}\.$/u.test(end));
}
