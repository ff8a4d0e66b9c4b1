/** The sentences that a topic's page quotes from a document. */
import type { DocumentAnalysis } from './analyse-document.ts';
import type { Sentence, Topic } from './shapes.ts';
import { likeness, scoreSentences } from './summary/sentence-scores.ts';
import { isUsable } from './summary/usable.ts';

export interface Quotation {
  readonly text: string;
  /** Heading of its section, if it has one. */
  readonly section?: string;
  readonly page?: number;
}

export interface Quotations {
  readonly quotations: readonly Quotation[];
  /** Score of the first as a definition; 0 when it only mentions the topic. */
  readonly definition: number;
}

const MOST = { concept: 4, entity: 3 } as const;
/** Definitions shown before other sentences. */
const DEFINITIONS = 2;
const REPEATS = 0.6;
/** Gain of a sentence that opens with the topic. */
const SUBJECT = 1.4;
const SPECIAL_CASE = 0.6;
/** Loss of a sentence that defines something else. */
const OTHER_SUBJECT = 0.5;
/** Sentences looked at for one topic. */
const EXAMINED = 120;

/** The best definition first, then what says most, one a section as long as there are sections. */
export function quotationsOf(topic: Topic, analysis: DocumentAnalysis): Quotations {
  const { text, profile, centroid } = analysis;
  const defining = topic.definitions.slice(0, DEFINITIONS).map(({ sentence }) => sentence);
  const mentioning = topic.sentences
    .slice(0, EXAMINED)
    .flatMap((index) => text.sentences[index] ?? [])
    .filter((one) => isUsable(one, text.language));
  const candidates = [
    ...defining.flatMap((index) => text.sentences[index] ?? []),
    ...mentioning.filter((one) => !defining.includes(one.index)),
  ];
  const { scores, words } = scoreSentences(candidates, text, profile, centroid);
  const rank = (one: Sentence) => {
    const place = defining.indexOf(one.index);
    if (place >= 0) return 1e6 - place;
    const elsewhere = definedElsewhere(one, topic, analysis) ? OTHER_SUBJECT : 1;
    return (scores.get(one.index) ?? 0) * subjectFactor(one, topic, analysis) * elsewhere;
  };
  const ranked = candidates.toSorted((a, b) => rank(b) - rank(a) || a.index - b.index);
  const picked: Sentence[] = [];
  for (const fresh of [true, false]) {
    for (const sentence of ranked) {
      if (picked.length >= MOST[topic.kind]) break;
      if (picked.includes(sentence)) continue;
      if (fresh && picked.some((one) => one.section === sentence.section)) continue;
      const own = words.get(sentence.index) ?? new Set<string>();
      const repeats = picked.some(
        (one) => likeness(own, words.get(one.index) ?? new Set()) > REPEATS,
      );
      if (!repeats) picked.push(sentence);
    }
  }
  const [first, ...others] = picked;
  const ordered =
    first === undefined ? [] : [first, ...others.toSorted((a, b) => a.index - b.index)];
  const best = topic.definitions[0];
  return {
    quotations: ordered.map((one) => quotation(one, analysis)),
    definition: best !== undefined && first?.index === best.sentence ? best.score : 0,
  };
}

/**
 * A sentence that opens with the topic is about it. One that opens with a longer name, as *logical clock*
 * is for *clock*, is about something else.
 */
function subjectFactor(
  { tokens }: Sentence,
  { keys }: Topic,
  { profile }: DocumentAnalysis,
): number {
  const opening = tokens.slice(0, 6);
  const start = opening.findIndex(({ lower }) => !profile.isFunctionWord(lower));
  const words = opening.slice(Math.max(0, start)).flatMap(({ parts }) => parts);
  const glue = profile.spaced ? ' ' : '';
  const text = glue + words.join(glue) + glue;
  if (keys.some((key) => text.startsWith(glue + key + glue))) return SUBJECT;
  return keys.some((key) => text.includes(glue + key + glue)) ? SPECIAL_CASE : 1;
}

/** Whether the sentence is what defines another topic. */
function definedElsewhere(
  { index }: Sentence,
  topic: Topic,
  { topics }: DocumentAnalysis,
): boolean {
  return topics.some(
    (other) =>
      other.key !== topic.key &&
      other.definitions.some(({ sentence, score }) => sentence === index && score >= 3),
  );
}

export function quotation(sentence: Sentence, { text }: DocumentAnalysis): Quotation {
  const section = text.sections[sentence.section]?.title ?? '';
  return {
    text: sentence.text,
    ...(section === '' ? {} : { section }),
    ...(sentence.page === undefined ? {} : { page: sentence.page }),
  };
}
