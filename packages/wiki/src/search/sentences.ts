/**
 * The sentences of a text by `Intl.Segmenter`, put together again where it cuts behind an abbreviation, an initial or
 * before a lower-case continuation. A line break always ends a sentence.
 */
export function sentencesOf(text: string, language: string): string[] {
  const sentences: string[] = [];
  const segmenter = sentenceSegmenter(language);
  for (const line of text.split('\n')) {
    let open = '';
    for (const { segment } of segmenter.segment(line)) {
      if (open !== '' && !goesOn(open, segment)) {
        sentences.push(open.trim());
        open = '';
      }
      open += segment;
    }
    if (open.trim() !== '') sentences.push(open.trim());
  }
  return sentences;
}

const ABBREVIATION =
  /(?:^|[\s(])(?:\p{Lu}|e\.g|i\.e|cf|vs|al|Fig|Figs|Eq|Sec|No|Nr|Dr|Mr|Mrs|Ms|Prof|St|approx|ca|bzw|z\. ?B|d\. ?h|u\. ?a|p\. ?ex|\d{1,2})\.\s*$/u;

function goesOn(open: string, next: string): boolean {
  return /^\p{Ll}/u.test(next) || ABBREVIATION.test(open.slice(-20));
}

const segmenters = new Map<string, Intl.Segmenter>();

function sentenceSegmenter(language: string): Intl.Segmenter {
  const present = segmenters.get(language);
  if (present !== undefined) return present;
  const made = new Intl.Segmenter(language, { granularity: 'sentence' });
  segmenters.set(language, made);
  return made;
}
