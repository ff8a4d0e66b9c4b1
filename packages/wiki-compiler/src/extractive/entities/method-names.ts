/** Names that the text treats as a method or a kind of thing: *the Transformer*, *MapReduce is a model*. */
import type { Acronym } from '../concepts/acronyms.ts';
import type { EntityType, Text, Topic } from '../shapes.ts';

const METHOD =
  /\b(?:is|are|was) (?:an?|the|one of the)\b[^.]{0,80}\b(?:method|model|technique|algorithm|architecture|approach|pattern|theory|mechanism|concept|principle|condition|process|property|procedure|disease|disorder|measure|structure|type of|kind of|form of|abbreviation)s?\b/;

/** Share of mentions behind an article from which on a name is a noun: *the Transformer*, *a Mutex*. */
const ARTICLES = 0.3;

/** Whether a name of no sure type is a concept rather than an entity. */
export function isMethodName(
  topic: Topic,
  articles: number,
  acronym: Acronym | undefined,
  text: Text,
): boolean {
  const type: EntityType = topic.entityType ?? 'other';
  // the long form says it: `load balancer (LB)` is a term, `Federal Aviation Administration (FAA)` a name
  if (acronym !== undefined) return /^[^\p{Lu}]*$|\s\p{Ll}{4,}/u.test(acronym.long.slice(1));
  if (type !== 'other' && type !== 'product') return false;
  if (type === 'other' && articles >= ARTICLES * topic.mentions && topic.mentions >= 3) return true;
  const [best] = topic.definitions;
  if (type === 'other' && topic.key.includes(' ') && (best?.score ?? 0) >= 3.5) return true;
  return topic.definitions
    .slice(0, 2)
    .some(({ sentence }) => METHOD.test(text.sentences[sentence]?.text ?? ''));
}
