/** All mentions of each name in a document. */
import type { EntityType, Sentence } from '../shapes.ts';
import { type Steps, eachInSteps, textLength } from '../steps.ts';
import { keyOfName } from '../text/keys.ts';
import { isAllCapitals } from './case-statistics.ts';
import { type NameContext, type NameRun, nameRuns } from './name-runs.ts';
import { typeCues } from './type-cues.ts';
import { typeOfName } from './type-of-name.ts';

export interface NameStatistics {
  readonly key: string;
  readonly forms: Map<string, number>;
  count: number;
  /** Ascending, each once. */
  readonly sentences: number[];
  readonly sections: Set<number>;
  /** Summed confidence by type. */
  readonly votes: Map<EntityType, number>;
  /** Strongest single vote by the name itself. */
  certainty: number;
  inAbstract: boolean;
  /** Mentions that a number follows: *Figure 3*. */
  numbered: number;
  /** Mentions after an article. */
  articles: number;
}

/** Mentions whose name votes for its type by itself. */
const OWN_VOTES = 3;

/** Names by key, in order of first mention. */
export function* collectNames(
  sentences: readonly Sentence[],
  context: NameContext,
): Steps<Map<string, NameStatistics>> {
  const names = new Map<string, NameStatistics>();
  yield* eachInSteps(sentences, textLength, (sentence) => {
    for (const run of nameRuns(sentence, context)) {
      for (const part of withoutEventTail(run)) observe(names, part, context);
    }
  });
  return names;
}

/** `WMT 2014 English-German` is the event `WMT 2014`. */
function withoutEventTail(run: NameRun): NameRun[] {
  const { sentence, from, to } = run;
  const year = sentence.tokens
    .slice(from, to)
    .findIndex(({ text }) => /^(?:19|20)\d\d$/.test(text));
  const first = sentence.tokens[from];
  const last = sentence.tokens[from + year];
  if (year < 1 || first === undefined || last === undefined || !isAllCapitals(first.text))
    return [run];
  return [{ ...run, to: from + year, text: sentence.text.slice(first.start, last.end) }];
}

function observe(names: Map<string, NameStatistics>, run: NameRun, context: NameContext): void {
  const { sentence, from, to } = run;
  const key = keyOfName(run.text, context.profile);
  if (key === '') return;
  let name = names.get(key);
  if (name === undefined) {
    name = {
      key,
      forms: new Map(),
      count: 0,
      sentences: [],
      sections: new Set(),
      votes: new Map(),
      certainty: 0,
      inAbstract: false,
      numbered: 0,
      articles: 0,
    };
    names.set(key, name);
  }
  name.count += 1;
  name.forms.set(run.text, (name.forms.get(run.text) ?? 0) + 1);
  if (name.sentences.at(-1) !== sentence.index) name.sentences.push(sentence.index);
  name.sections.add(sentence.section);
  name.inAbstract ||= sentence.abstract;
  const after = sentence.tokens[to + 1];
  if (after !== undefined && !after.broken && /^(?:[\dIVX][\d.-]*|[A-Z])$/.test(after.text))
    name.numbered += 1;
  if (/^(?:the|an?)$/i.test(sentence.tokens[from - 1]?.lower ?? '')) name.articles += 1;
  const own = typeOfName(wordsOf(run), context.gazetteer);
  name.certainty = Math.max(name.certainty, own.confidence);
  // a name often repeated does not outvote what is said about it
  const votes = name.count <= OWN_VOTES ? [own, ...typeCues(run)] : typeCues(run);
  for (const { type, confidence } of votes)
    name.votes.set(type, (name.votes.get(type) ?? 0) + confidence);
}

function wordsOf({ text }: NameRun): string[] {
  return text.split(/\s+/).filter((word) => word !== '&');
}
