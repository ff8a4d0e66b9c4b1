/** What the words beside a name say about its type. */
import type { EntityType, Sentence } from '../shapes.ts';
import { ORGANIZATION_VERBS, PERSON_VERBS, TYPE_OF_NOUN } from './head-words.ts';
import type { NameRun } from './name-runs.ts';
import type { TypeVote } from './type-of-name.ts';

/** Votes of one mention. Only the few words around it are read, so the cost does not grow with the sentence. */
export function typeCues(run: NameRun): TypeVote[] {
  const { sentence, from, to } = run;
  const start = sentence.tokens[from]?.start ?? 0;
  const end = sentence.tokens[to]?.end ?? 0;
  const before = sentence.text.slice(Math.max(0, start - 60), start);
  const after = sentence.text.slice(end, end + 110);
  const votes: TypeVote[] = [];
  const add = (type: EntityType, confidence: number) => votes.push({ type, confidence });
  if (run.honorific) add('person', 0.9);
  const noun = nounBefore(sentence, from);
  if (noun !== undefined) add(noun, 0.9);
  const said = saidToBe(after);
  if (said !== undefined) add(said, 1.4);
  if (PERSON_VERBS.test(after)) add('person', 0.5);
  if (ORGANIZATION_VERBS.test(after)) add('organization', 0.5);
  if (
    /\b(?:[Jj]oined|employed by|headquartered at|released by|published by|sponsored by) (?:the )?$/.test(
      before,
    )
  )
    add('organization', 0.4);
  if (/\b(?:in|near|from|to|moved to|born in) $/.test(before) && !/^\s?\p{Lu}/u.test(after))
    add('place', /\b(?:born in|moved to|near|city of|town of|lived in) $/.test(before) ? 0.6 : 0.1);
  if (/\b(?:using|with|installed?|runs? on|written in|built on) $/.test(before))
    add('product', 0.15);
  return votes;
}

/** *the German physicist X*, *der Physiker X*: the word right before the name. */
function nounBefore(sentence: Sentence, from: number): EntityType | undefined {
  const noun = sentence.tokens[from - 1];
  const name = sentence.tokens[from];
  if (noun === undefined || name === undefined || noun.possessive) return undefined;
  const gap = sentence.text.slice(noun.end, name.start);
  const type = TYPE_OF_NOUN.get(noun.lower);
  // `the king X` is no rule for things: `the database MySQL` is
  return gap === ' ' && /\p{L}/u.test(noun.text) ? type : undefined;
}

/** *X is a distributed database*, *X, an English mathematician,*: the telling noun of the phrase after. */
function saidToBe(after: string): EntityType | undefined {
  const phrase =
    /^(?:\s?\([^()]{1,40}\))?(?:,? (?:is|was|are|were|ist|war)(?: \w+ly)? (?:an?|the|one of the|eine?|der|die|das)|,? (?:an?|eine?|the|der|die)) ([^.,;:]{1,80})/.exec(
      after,
    )?.[1];
  if (phrase === undefined) return undefined;
  let told: EntityType | undefined;
  for (const word of phrase.split(/\s+/).slice(0, 7)) {
    if (STOP.test(word)) return told;
    const lower = word.toLowerCase();
    // the last noun is the head: a lighthouse authority is an authority
    told = TYPE_OF_NOUN.get(lower) ?? TYPE_OF_NOUN.get(lower.replace(/s$/, '')) ?? told;
  }
  return told;
}

const STOP =
  /^(?:of|that|which|who|for|in|and|or|to|from|with|by|on|at|von|für|aus|und|der|des|bei|im)$/;
