/** Where the opening of a sentence names a topic, and whether the topic is what the sentence begins with. */
import type { Sentence, Token, Topic } from '../shapes.ts';
import type { LanguageProfile } from '../text/language.ts';
import type { DefinitionPatterns } from './definition-patterns.ts';
import { type Mention, type NameTable, mentionsIn, nameTable } from './mention.ts';

/** The names under which a text speaks of a topic, made once for many sentences. */
export interface Subject {
  readonly kind: Topic['kind'];
  readonly keys: readonly string[];
  readonly names: NameTable<true>;
}

/** Tokens of an opening. */
const OPENING = 12;

/** After a noun phrase in English these make the sentence's verb, whatever stands before them. */
const AUXILIARY =
  /^(?:is|are|was|were|has|have|had|can|could|will|would|may|might|must|shall|should|does|do|did)$/;

/** A person's surname stands for the person, since only sentences that mean the topic are asked about. */
export function subjectOf({
  kind,
  keys,
  key,
  entityType,
}: Pick<Topic, 'kind' | 'keys' | 'key' | 'entityType'>): Subject {
  const surname = entityType === 'person' ? key.slice(key.lastIndexOf(' ') + 1) : key;
  const all = [...new Set([...keys, surname])];
  return {
    kind,
    keys: all,
    names: nameTable(all.map((name) => ({ parts: name.split(' '), value: true }))),
  };
}

/** Mentions in the opening, from left to right. */
export function openingMentions(
  { tokens }: Sentence,
  { names, keys }: Subject,
  { spaced }: LanguageProfile,
): Mention[] {
  const opening = tokens.slice(0, OPENING);
  if (spaced) return [...mentionsIn({ tokens: opening }, names)];
  return opening.flatMap((_, from) => keys.flatMap((key) => joinedMention(opening, from, key)));
}

/** A name that the segmenter may have cut into words. */
function joinedMention(tokens: readonly Token[], from: number, key: string): Mention[] {
  let joined = '';
  for (let to = from; to < tokens.length && joined.length < key.length; to += 1) {
    joined += tokens[to]?.parts.join('') ?? '';
    if (joined === key) return [{ from, to }];
  }
  return [];
}

/** Whether nothing but small words, or an adverbial and then small words, stands before the mention. */
export function opensSentence(
  { text, tokens }: Sentence,
  mention: Mention,
  kind: Topic['kind'],
  patterns: DefinitionPatterns,
): boolean {
  const before = tokens.slice(0, mention.from);
  if (!patterns.adverbial.test(text))
    return before.length <= 4 && before.every(({ lower }) => patterns.leading.test(lower));
  // `In 1851 Charles Babbage proposed`, `By day a tower is known`
  const article = patterns.article.test(before.at(-1)?.lower ?? '');
  const leading = before.at(article ? -2 : -1);
  const broken = tokens[mention.from - (article ? 1 : 0)]?.broken === true;
  if (leading === undefined || (!broken && patterns.adverbial.test(leading.lower))) return false;
  const after = tokens[mention.to + 1];
  if (after === undefined || after.broken) return false;
  if (kind === 'concept') return (article || broken) && AUXILIARY.test(after.lower);
  return (
    /^\p{Ll}/u.test(after.text) && !patterns.adverbial.test(after.lower) && after.lower !== 'and'
  );
}

/** Whether the name is not the beginning of a longer one, as *bell* is in *the Bell Rock*. */
export function endsNounPhrase(
  tokens: readonly Token[],
  { from, to }: Mention,
  kind: Topic['kind'],
  profile: LanguageProfile,
): boolean {
  const next = tokens[to + 1];
  if (next === undefined || next.broken || profile.isFunctionWord(next.lower)) return true;
  if (kind === 'entity') return !/^\p{Lu}/u.test(next.text);
  if (profile.language !== 'en') return profile.spaced && /^\p{Ll}/u.test(next.text);
  if (!/^\p{Ll}/u.test(next.text)) return false;
  if (isPlural(tokens[to])) return true;
  if (/[^e]ed$/.test(next.lower)) return true;
  // `the siren carries far`, but not `clock skews are` nor `testing frameworks check`
  const after = tokens[to + 2];
  const small = after === undefined || profile.isFunctionWord(after.lower);
  const article = /^(?:the|an?|each|every)$/.test(tokens[from - 1]?.lower ?? '');
  return article && small && /[^sui]s$/.test(next.lower) && !AUXILIARY.test(after?.lower ?? '');
}

function isPlural(token: Token | undefined): boolean {
  return token !== undefined && token.lower.split(/[-‐‑]/).join() !== token.parts.join();
}
