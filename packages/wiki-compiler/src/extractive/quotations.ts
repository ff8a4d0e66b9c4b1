/** The sentences that a topic's page quotes from a document. */
import { type Aboutness, MENTION, SUBJECT, aboutness, otherNames } from './aboutness.ts';
import type { DocumentAnalysis } from './analyse-document.ts';
import { definitionPatterns } from './concepts/definition-patterns.ts';
import { mentionsIn } from './concepts/mention.ts';
import { type Subject, subjectOf } from './concepts/subject.ts';
import type { Sentence, Topic } from './shapes.ts';
import { likeness, scoreSentences } from './summary/sentence-scores.ts';
import { isUsable } from './summary/usable.ts';
import type { LanguageProfile } from './text/language.ts';

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
  /** What the first is about. */
  readonly about: Aboutness;
}

const MOST = { concept: 4, entity: 3 } as const;
/** Definitions shown before other sentences. */
const DEFINITIONS = 2;
const REPEATS = 0.6;
/** What a sentence gains or loses by what it is about. */
const FACTORS: Readonly<Record<Topic['kind'], Readonly<Record<Aboutness, number>>>> = {
  concept: { 0: 0.5, 1: 0.8, 2: 1, 3: 1.2, 4: 1.4 },
  entity: { 0: 0.5, 1: 0.5, 2: 1, 3: 1.8, 4: 1.8 },
};
/** Sentences looked at for one topic. */
const EXAMINED = 120;

/**
 * First a definition, else a sentence with the topic as its subject, else one that speaks of it; then what
 * says most, one a section as long as there are sections.
 */
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
  const subject = subjectOf(topic);
  const about = aboutnessOf(candidates, topic, subject, analysis);
  const rank = (one: Sentence) => {
    const place = defining.indexOf(one.index);
    if (place >= 0) return 1e6 - place;
    return (
      (scores.get(one.index) ?? 0) *
      FACTORS[topic.kind][about.get(one.index) ?? 0] *
      introduction(one, subject, profile)
    );
  };
  const ranked = candidates.toSorted((a, b) => rank(b) - rank(a) || a.index - b.index);
  const head = ranked.toSorted((a, b) => tier(b) - tier(a))[0];
  function tier(one: Sentence): number {
    if (defining.includes(one.index)) return 4;
    return Math.min(topic.kind === 'concept' ? SUBJECT : MENTION, about.get(one.index) ?? 0);
  }
  const picked: Sentence[] = head === undefined ? [] : [head];
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
    about: describing(about.get(first?.index ?? -1) ?? 0, topic),
  };
}

/** A special case describes no concept; where a named thing plays a part is better than nothing. */
function describing(about: Aboutness, { kind }: Topic): Aboutness {
  return kind === 'concept' && about < MENTION ? 0 : about;
}

function aboutnessOf(
  sentences: readonly Sentence[],
  topic: Topic,
  subject: Subject,
  { names, profile }: DocumentAnalysis,
): Map<number, Aboutness> {
  const isName = otherNames(names, topic);
  return new Map(sentences.map((one) => [one.index, aboutness(one, subject, profile, isName)]));
}

/** What names a thing and says in passing what it is, or opens with the place where it plays, says more of it. */
function introduction(sentence: Sentence, subject: Subject, profile: LanguageProfile): number {
  if (subject.kind === 'concept') return 1;
  const { apposition, adverbial } = definitionPatterns(profile.language);
  const { text, tokens } = sentence;
  for (const { from, to } of mentionsIn(sentence, subject.names)) {
    if (apposition.test(text.slice(tokens[to]?.end))) return 1.5;
    if (from <= 1 && tokens[to + 1]?.broken === true && adverbial.test(text)) return 1.3;
  }
  return 1;
}

export function quotation(sentence: Sentence, { text }: DocumentAnalysis): Quotation {
  const section = text.sections[sentence.section]?.title ?? '';
  return {
    text: sentence.text,
    ...(section === '' ? {} : { section }),
    ...(sentence.page === undefined ? {} : { page: sentence.page }),
  };
}
