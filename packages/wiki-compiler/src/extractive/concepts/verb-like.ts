/** Words that this document uses as verbs more than as nouns, by the word in front (+0.6 points of F1). */
import type { Sentence } from '../shapes.ts';
import { wordSet } from '../words/word-set.ts';

const BEFORE_VERB = wordSet(`
to we can will which may must should could would might not they you i who cannot don't doesn't didn't that's let's
`);
const BEFORE_NOUN = wordSet(`
the a an of in this these those each its their our your his her any every some no by for with on from between as
`);

/** How much oftener a word must follow a verb's neighbour than a noun's. */
const MARGIN = 1.5;

export function verbLikeWords(sentences: readonly Sentence[]): Set<string> {
  const balance = new Map<string, { verb: number; noun: number }>();
  for (const { tokens } of sentences) {
    for (let index = 1; index < tokens.length; index += 1) {
      const before = tokens[index - 1]?.lower ?? '';
      const verb = BEFORE_VERB.has(before);
      if (!verb && !BEFORE_NOUN.has(before)) continue;
      const word = tokens[index]?.lower ?? '';
      const entry = balance.get(word) ?? { verb: 0, noun: 0 };
      if (verb) entry.verb += 1;
      else entry.noun += 1;
      balance.set(word, entry);
    }
  }
  const verbs = new Set<string>();
  for (const [word, { verb, noun }] of balance) if (verb > MARGIN * noun) verbs.add(word);
  return verbs;
}
