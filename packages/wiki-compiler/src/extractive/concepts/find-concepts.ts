/** The concepts of a document, best first: candidates, scores, groups, evidence. */
import type { Text, Topic } from '../shapes.ts';
import type { Steps } from '../steps.ts';
import { compareText } from '../text/keys.ts';
import type { LanguageProfile } from '../text/language.ts';
import type { Acronym } from './acronyms.ts';
import { type Candidates, collectCandidates } from './candidates.ts';
import { hasEnoughSentences, isTitleDefined, topicOfGroup } from './concept-topics.ts';
import { type ExaminedGroup, examineGroup } from './evidence.ts';
import { groupConcepts } from './groups.ts';
import { isPageWorthy, isPassing } from './page-worthy.ts';
import { type Scored, scoreCandidates } from './score.ts';

/** Topics that are recorded as key phrases and can support a page that another document made. */
const KEY_PHRASES = 20;

export interface ConceptTopic {
  readonly topic: Topic;
  /** Canonical words of the root, for telling repetitions. */
  readonly parts: readonly string[];
  readonly evidence: number;
  readonly established: boolean;
  readonly bare: boolean;
  /** May get a page of its own; the others only add to a page that is there. */
  readonly choosable: boolean;
  /** The document has a sentence that is about it. */
  readonly worthy: boolean;
  /** Not even a key phrase. */
  readonly passing: boolean;
}

export interface Concepts {
  readonly topics: readonly ConceptTopic[];
  /** Weight of a canonical word in this document: the best score of a phrase that holds it. */
  readonly wordWeights: ReadonlyMap<string, number>;
}

/** Finds concepts; keys in `names` belong to entities and are passed over. */
export function* findConcepts(
  text: Text,
  profile: LanguageProfile,
  acronyms: ReadonlyMap<string, Acronym>,
  names: ReadonlySet<string>,
): Steps<Concepts> {
  const candidates = yield* collectCandidates(text, profile);
  yield;
  const scored = scoreCandidates(candidates, text.sentences.length, profile).filter(
    ({ candidate }) => !names.has(candidate.key),
  );
  yield;
  const examined: ExaminedGroup[] = [];
  for (const group of groupConcepts(scored, acronyms, profile)) {
    examined.push(examineGroup(group, text));
    yield;
  }
  const groups = examined.toSorted(
    (a, b) => b.score - a.score || compareText(a.group.root.key, b.group.root.key),
  );
  const topics: ConceptTopic[] = [];
  for (const group of groups) {
    topics.push(...conceptTopic(group, text, profile));
    yield;
  }
  const kept = unique(topics)
    .slice(0, KEY_PHRASES)
    .filter(({ passing }) => !passing);
  return {
    topics: [...kept, ...specialCases(scored, kept, text, profile)],
    wordWeights: wordWeights(candidates, scored),
  };
}

/** The topic of a group, if the document says enough of it. */
function conceptTopic(
  examined: ExaminedGroup,
  text: Text,
  profile: LanguageProfile,
): readonly ConceptTopic[] {
  const { root } = examined.group;
  const topic = topicOfGroup(examined, profile);
  if (!hasEnoughSentences(topic, text) && !isTitleDefined(topic, root, text)) return [];
  const worthy = isPageWorthy(topic, root, text, profile);
  return [
    {
      topic,
      parts: root.parts,
      evidence: examined.evidence,
      established: examined.established,
      bare: examined.bare,
      choosable: !isGeneric(root.parts, profile) && !isBareName(examined, profile),
      worthy,
      passing: !worthy && isPassing(topic, root, profile),
    },
  ];
}

/** Phrases among the best that a group has swallowed: another document may have a page for them. */
function specialCases(
  scored: readonly Scored[],
  kept: readonly ConceptTopic[],
  text: Text,
  profile: LanguageProfile,
): ConceptTopic[] {
  const taken = new Set(kept.flatMap(({ topic }) => topic.keys));
  return scored
    .slice(0, KEY_PHRASES)
    .filter(({ candidate }) => !taken.has(candidate.key))
    .map(({ candidate, score }) => {
      const group = { root: candidate, members: [{ candidate, score }], score };
      const examined = examineGroup(group, text);
      const topic = topicOfGroup(examined, profile);
      return {
        topic,
        parts: candidate.parts,
        evidence: examined.evidence,
        established: examined.established,
        bare: examined.bare,
        choosable: false,
        worthy: false,
        passing: isPassing(topic, candidate, profile),
      };
    })
    .filter(({ topic, passing }) => !passing && hasEnoughSentences(topic, text));
}

/** Two groups can end in one key, as the long form of an acronym and its root do; the better one stays. */
function unique(topics: readonly ConceptTopic[]): ConceptTopic[] {
  const seen = new Set<string>();
  return topics.filter(({ topic }) => {
    if (seen.has(topic.key)) return false;
    seen.add(topic.key);
    return true;
  });
}

function isGeneric(parts: readonly string[], profile: LanguageProfile): boolean {
  return parts.every((part) => profile.isGeneric(part));
}

/** *Federal Register*: capitals throughout and nothing that says what it is make a name, not a concept. */
function isBareName({ group, definitions }: ExaminedGroup, profile: LanguageProfile): boolean {
  if (profile.language !== 'en' || group.root.parts.length < 2 || group.acronym !== undefined)
    return false;
  let capitalised = 0;
  for (const [form, count] of group.root.forms)
    if (form.split(/[\s-]+/).every((word) => /^[\p{Lu}\d]/u.test(word))) capitalised += count;
  return capitalised >= 0.8 * group.root.frequency && (definitions[0]?.score ?? 0) < 2.5;
}

function wordWeights(candidates: Candidates, scored: readonly Scored[]): Map<string, number> {
  const weights = new Map<string, number>();
  const top = scored[0]?.score ?? 1;
  for (const { candidate, score } of scored.slice(0, 3 * KEY_PHRASES))
    for (const part of candidate.parts)
      weights.set(part, Math.max(weights.get(part) ?? 0, score / top));
  return candidates.byKey.size === 0 ? new Map() : weights;
}
