/** Which entities of a document get a page. */
import { type DocumentFrequency, rarity } from '../concepts/choose-concepts.ts';
import type { Topic } from '../shapes.ts';
import { compareText } from '../text/keys.ts';
import type { EntityTopic } from './find-entities.ts';

/** How many entity pages a document of this many words is worth. */
export function entityCount(words: number): number {
  return Math.min(20, Math.max(4, Math.round(4 + 4 * Math.log(Math.max(1, words) / 400))));
}

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
    .sort(
      (a, b) =>
        Number(b.choosable) - Number(a.choosable) ||
        b.rank - a.rank ||
        compareText(a.topic.key, b.topic.key),
    );
  return ranked.slice(0, count).map(({ topic }) => topic);
}
