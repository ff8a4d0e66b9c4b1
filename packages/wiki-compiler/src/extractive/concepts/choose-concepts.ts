/** Which concepts of a document get a page. */
import type { Topic } from '../shapes.ts';
import { compareText } from '../text/keys.ts';
import type { ConceptTopic } from './find-concepts.ts';

/** Documents in the wiki from which on their number of pages about a thing says something. */
export const DOCUMENTS_FOR_FREQUENCY = 5;

export interface DocumentFrequency {
  /** Documents of the wiki, without the one that is compiled. */
  readonly documents: number;
  /** Documents with a section on a page about one of these keys. */
  of(keys: readonly string[]): number;
}

/** Share of sentences with a better concept from which on the lesser is the same concept again. */
const OVERLAP = 0.55;

/** Concept pages that one document is worth at most. */
const MOST = 14;

/** How many concept pages a document of this many words and sections is worth. */
export function conceptCount(words: number, sections: number): number {
  const count = Math.round(
    2 + 1.9 * Math.log(Math.max(1, words) / 350) + Math.min(4, sections / 12),
  );
  return Math.min(MOST, Math.max(words < 60 ? 1 : words < 120 ? 2 : 3, count));
}

/** The best concepts, best first. What every document of the wiki is about counts less. */
export function chooseConcepts(
  concepts: readonly ConceptTopic[],
  count: number,
  frequency: DocumentFrequency,
): Topic[] {
  const ranked = concepts
    .filter((one) => one.choosable)
    .map((one) => ({ one, rank: one.topic.score * rarity(one.topic.keys, frequency) }))
    .toSorted((a, b) => b.rank - a.rank || compareText(a.one.topic.key, b.one.topic.key));
  const chosen: ConceptTopic[] = [];
  // the place of what matters and is not spoken about goes to what is defined, or to nobody
  let vacant = 0;
  for (const { one } of ranked) {
    const defined = one.topic.definitions.length > 0;
    const room = one.established ? MOST : defined ? count : count - vacant;
    if (chosen.length >= room) continue;
    if ((one.evidence === 0 || one.bare) && chosen.length >= 3) continue;
    if (!one.established && chosen.some((better) => isRepetition(one, better))) continue;
    if (one.worthy) chosen.push(one);
    else vacant += 1;
  }
  return chosen.map(({ topic }) => topic);
}

/** Inverse document frequency, flattened: +0.8 to +1.5 points of F1 from five documents on. */
export function rarity(keys: readonly string[], frequency: DocumentFrequency): number {
  if (frequency.documents < DOCUMENTS_FOR_FREQUENCY) return 1;
  const share = Math.min(1, frequency.of(keys) / frequency.documents);
  return Math.max(0.01, 1 - Math.sqrt(share)) ** 0.75;
}

function isRepetition(one: ConceptTopic, better: ConceptTopic): boolean {
  if (!one.parts.some((part) => better.parts.includes(part))) return false;
  const known = new Set(better.topic.sentences);
  const common = one.topic.sentences.filter((sentence) => known.has(sentence)).length;
  return common > OVERLAP * one.topic.sentences.length;
}
