/** Links inside a text: the first mention of each page, the longest name that fits, never inside a link or code. */
import { linkTarget, parseLinks, rewriteLinks, wikilink } from '@openkb/wiki';

import { type NameTable, mentionsIn, nameTable } from '../concepts/mention.ts';
import type { Topic } from '../shapes.ts';
import { partsOfKey } from '../text/keys.ts';
import type { LanguageProfile } from '../text/language.ts';
import { tokenise } from '../text/tokens.ts';

export interface LinkName {
  readonly path: string;
  readonly entity: boolean;
}

/** A name of one word needs as many letters to be linked. */
const SHORTEST_NAME = 3;

/** The names under which a text may speak of the topics that have pages. */
export function linkNames(
  pages: ReadonlyMap<string, Topic>,
  profile: LanguageProfile,
): NameTable<LinkName> {
  const names = [...pages].flatMap(([path, topic]) =>
    topic.keys
      .filter((key) => key.length >= SHORTEST_NAME || !profile.spaced)
      .filter((key) => !profile.isFunctionWord(key))
      .map((key) => ({
        parts: partsOfKey(key, profile),
        value: { path, entity: topic.kind === 'entity' },
      })),
  );
  return nameTable(names);
}

/** Links first mentions in one piece of Markdown; `linked` remembers the pages over all pieces of a page. */
export function linkFirstMentions(
  markdown: string,
  names: NameTable<LinkName>,
  profile: LanguageProfile,
  linked: Set<string>,
): string {
  const taken = parseLinks(markdown);
  const sentence = { tokens: tokenise(markdown, profile.language, profile.canonical) };
  let result = '';
  let position = 0;
  for (const { from, to, value } of mentionsIn(sentence, names)) {
    const start = sentence.tokens[from]?.start ?? 0;
    const end = sentence.tokens[to]?.end ?? 0;
    const label = markdown.slice(start, end);
    if (linked.has(value.path) || start < position) continue;
    if (value.entity && /^\p{Ll}/u.test(label) && !/\p{Lu}/u.test(label)) continue;
    if (taken.some((link) => start < link.end && end > link.start) || isCode(markdown, start))
      continue;
    if (/[[\]|\\`]/.test(label) || markdown[start - 1] === '\\') continue;
    result += markdown.slice(position, start) + wikilink(linkTarget(value.path), label);
    position = end;
    linked.add(value.path);
  }
  return result + markdown.slice(position);
}

/** Links to concepts and entities as the words that they show: the text before `linkFirstMentions`. */
export function unlinkMentions(markdown: string): string {
  return rewriteLinks(markdown, ({ target, label }) =>
    /^(?:concepts|entities)\//.test(target) ? (label ?? target) : undefined,
  );
}

/** Inside a code span: an odd number of backticks before it on the line. */
function isCode(markdown: string, start: number): boolean {
  const line = markdown.slice(markdown.lastIndexOf('\n', start - 1) + 1, start);
  return (line.match(/(?<!\\)`/g)?.length ?? 0) % 2 === 1;
}
