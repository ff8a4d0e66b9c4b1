/** Which entities of a document get a page. */
import { type DocumentFrequency, rarity } from '../concepts/choose-concepts.ts';
import type { Topic } from '../shapes.ts';
import { compareText } from '../text/keys.ts';
import type { EntityTopic } from './find-entities.ts';

/** How many entity pages a document of this many words is worth. */
export function entityCount(words: number): number {
  return Math.min(20, Math.max(4, Math.round(4 + 4 * Math.log(Math.max(1, words) / 400))));
}

/** Share of pages for names of no known type: in legal and technical texts many are defined terms. */
const UNTYPED_SHARE = 0.25;

/** The best entities, best first. */
export function chooseEntities(
  entities: readonly EntityTopic[],
  count: number,
  frequency: DocumentFrequency,
): Topic[] {
  const ranked = entities
    .filter((one) => one.choosable || one.spare)
    .map(({ topic, choosable }) => ({
      topic,
      choosable,
      rank: topic.score * rarity(topic.keys, frequency),
    }))
    .toSorted(
      (a, b) =>
        Number(b.choosable) - Number(a.choosable) ||
        b.rank - a.rank ||
        compareText(a.topic.key, b.topic.key),
    );
  const chosen: Topic[] = [];
  let untyped = 0;
  for (const { topic } of ranked) {
    if (chosen.length >= count) break;
    if (topic.entityType === 'other') {
      if (untyped >= Math.max(3, count * UNTYPED_SHARE)) continue;
      untyped += 1;
    }
    chosen.push(topic);
  }
  return chosen;
}
