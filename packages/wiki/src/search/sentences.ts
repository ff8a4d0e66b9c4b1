import { isPlain, plainSentences } from './plain-sentences.ts';
import { splitText } from './split-text.ts';

/**
 * The sentences of a text by `Intl.Segmenter`, put together again where it cuts behind an abbreviation, an initial or
 * before a lower-case continuation. A line break always ends a sentence.
 */
export function sentencesOf(text: string, language: string): string[] {
  const sentences: string[] = [];
  for (const line of text.split(/[\r\n]+/)) {
    if (!END.test(line)) {
      if (line.trim() !== '') sentences.push(line.trim());
      continue;
    }
    for (const piece of splitText(line, MAX_LENGTH)) addSentences(sentences, piece.text, language);
  }
  return sentences;
}

/** Without one of these a line is one sentence in every language, and the segmenter is slow to begin. */
const END = /[.!?…。！？．؟।།။។։]/u;

// the segmenter takes time with the square of a text that has no end of a sentence
const MAX_LENGTH = 4000;

function addSentences(sentences: string[], text: string, language: string): void {
  let open = '';
  for (const segment of segmentsOf(text, language)) {
    if (open !== '' && !goesOn(open, segment)) {
      sentences.push(open.trim());
      open = '';
    }
    open += segment;
  }
  if (open.trim() !== '') sentences.push(open.trim());
}

function segmentsOf(text: string, language: string): string[] {
  if (isPlain(text)) return plainSentences(text);
  return Array.from(sentenceSegmenter(language).segment(text), ({ segment }) => segment);
}

const ABBREVIATION =
  /(?:^|[\s(])(?:\p{Lu}|e\.g|i\.e|cf|vs|al|Fig|Figs|Eq|Sec|No|Nr|Dr|Mr|Mrs|Ms|Prof|St|approx|ca|bzw|z\. ?B|d\. ?h|u\. ?a|p\. ?ex|\d{1,2})\.\s*$/u;

function goesOn(open: string, next: string): boolean {
  return (
    /^\p{Ll}/u.test(next) ||
    /[,;:(]\s*$/.test(open.slice(-20)) ||
    ABBREVIATION.test(open.slice(-20))
  );
}

const segmenters = new Map<string, Intl.Segmenter>();

function sentenceSegmenter(language: string): Intl.Segmenter {
  const present = segmenters.get(language);
  if (present !== undefined) return present;
  const made = new Intl.Segmenter(language, { granularity: 'sentence' });
  segmenters.set(language, made);
  return made;
}
