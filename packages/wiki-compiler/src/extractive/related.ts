/** Which topics of a document belong together: they stand in the same paragraphs more than chance would have it. */
import type { Text, Topic } from './shapes.ts';
import { compareText } from './text/keys.ts';

const LEAST_NPMI = 0.08;
const LEAST_TOGETHER = 2;
const MOST = 8;

/** For each topic its nearest others, best first. Topics are told apart by identity. */
export function relatedTopics(topics: readonly Topic[], text: Text): Map<Topic, Topic[]> {
  const paragraphs = new Map(topics.map((topic) => [topic, paragraphsOf(topic, text)]));
  const total = Math.max(1, text.paragraphs.filter((one) => one.prose).length);
  const related = new Map<Topic, Topic[]>();
  for (const [topic, own] of paragraphs) {
    const ranked: { other: Topic; weight: number }[] = [];
    for (const [other, theirs] of paragraphs) {
      if (other === topic) continue;
      const weight = togetherness(own, theirs, total);
      if (weight > 0) ranked.push({ other, weight });
    }
    ranked.sort((a, b) => b.weight - a.weight || compareText(a.other.key, b.other.key));
    related.set(
      topic,
      ranked.slice(0, MOST).map(({ other }) => other),
    );
  }
  return related;
}

function paragraphsOf(topic: Topic, text: Text): ReadonlySet<number> {
  return new Set(topic.sentences.map((index) => text.sentences[index]?.paragraph ?? -1));
}

/** Normalised pointwise mutual information, times the logarithm of how often. */
function togetherness(
  left: ReadonlySet<number>,
  right: ReadonlySet<number>,
  total: number,
): number {
  let together = 0;
  for (const paragraph of left) if (right.has(paragraph)) together += 1;
  if (together < LEAST_TOGETHER) return 0;
  const joint = together / total;
  if (joint >= 1) return Math.log2(1 + together);
  const npmi = Math.log(joint / ((left.size / total) * (right.size / total))) / -Math.log(joint);
  return npmi < LEAST_NPMI ? 0 : npmi * Math.log2(1 + together);
}
