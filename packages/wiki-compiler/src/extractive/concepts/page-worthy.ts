/**
 * Whether a document has something to say about a concept. A page whose sentences are all about something
 * else is worse than none; the concept is still a key phrase, and adds to a page that another document makes.
 */
import { MENTION, SUBJECT, aboutness } from '../aboutness.ts';
import type { Text, Topic } from '../shapes.ts';
import { isUsable } from '../summary/usable.ts';
import type { LanguageProfile } from '../text/language.ts';
import type { Candidate } from './candidates.ts';
import { subjectOf } from './subject.ts';

/** Sentences looked at for one topic. */
const EXAMINED = 120;
/** Sentences that an everyday word must have beside a heading of its own. */
const LEAST_SENTENCES = 3;

/** The root decides whether the concept is one everyday word: such a word must be a subject or a heading. */
export function isPageWorthy(
  topic: Topic,
  root: Candidate,
  text: Text,
  profile: LanguageProfile,
): boolean {
  if (topic.definitions.length > 0) return true;
  const subject = subjectOf(topic);
  const levels = topic.sentences
    .slice(0, EXAMINED)
    .flatMap((index) => text.sentences[index] ?? [])
    .filter((sentence) => isUsable(sentence, text.language))
    .map((sentence) => aboutness(sentence, subject, profile));
  if (!isEverydayWord(topic, root, profile)) return levels.some((level) => level >= MENTION);
  if (levels.some((level) => level >= SUBJECT)) return true;
  return (
    levels.some((level) => level >= MENTION) &&
    (root.headingExact || root.titleExact) &&
    topic.sentences.length >= LEAST_SENTENCES
  );
}

/** Sentences from which on a word is worth knowing of a document that does not speak of it. */
const PASSING = 5;

/** One word in small letters. German compounds are terms, and nothing was measured for other languages. */
function isEverydayWord(topic: Topic, root: Candidate, { language }: LanguageProfile): boolean {
  if (language !== 'en' || root.capitals > root.frequency / 2) return false;
  return root.parts.length === 1 && !/\s/.test(topic.title);
}

/** An everyday word in few sentences, none of them about it: it is no key phrase either. */
export function isPassing(topic: Topic, root: Candidate, profile: LanguageProfile): boolean {
  return isEverydayWord(topic, root, profile) && topic.sentences.length < PASSING;
}
