/** A saved answer as a page of the wiki: `explorations/<slug>.md`. */
import { createHash } from 'node:crypto';

import {
  detectLanguage,
  linkText,
  pagePath,
  pathKey,
  rewriteLinks,
  sentencesOf,
  slugOf,
  writeFrontMatter,
} from '@openkb/wiki';

export interface Exploration {
  readonly question: string;
  /** Markdown, links checked. */
  readonly body: string;
  /** Pages, relative to `wiki/`. */
  readonly cites: readonly string[];
  /** `provider/model`, or `extractive`. */
  readonly by: string;
  /** The conversation that it is, where it is one; `question` is then its title. */
  readonly conversation?: { readonly id: string; readonly createdAt: string };
}

/** Characters of the question that a page's name shows. */
const SHOWN = 60;

/**
 * A path that is free: of the question's beginning, of all of it by a fingerprint where it is longer, and with
 * a number where the same question was saved before. `taken`: names in the folder.
 */
export function explorationPath(question: string, taken: readonly string[]): string {
  const used = new Set(taken.map((name) => pathKey(`explorations/${name}`)));
  const characters = Array.from(question);
  const fingerprint = createHash('sha256').update(question).digest('hex').slice(0, 8);
  const base =
    characters.length <= SHOWN
      ? slugOf(question)
      : `${slugOf(characters.slice(0, SHOWN).join(''))}-${fingerprint}`;
  for (let number = 1; ; number += 1) {
    const path = pagePath('explorations', number === 1 ? base : `${base}-${number}`);
    if (!used.has(pathKey(path))) return path;
  }
}

export function explorationText(exploration: Exploration): string {
  const { question, body, cites, by, conversation } = exploration;
  const title = titleOf(question);
  const frontMatter = writeFrontMatter({
    type: 'Exploration',
    query: unlinked(question),
    // names as the Python program has them on its transcripts
    ...(conversation && { session: conversation.id, created: conversation.createdAt }),
    description: descriptionOf(body),
    cites: [...cites],
    compiled_by: by,
  });
  return `${frontMatter}\n# ${title}\n\n${body.trim()}\n`;
}

/** Links count in front matter too, where nothing is code. */
const unlinked = (text: string): string =>
  rewriteLinks(text, linkText).replaceAll('[[', '[ [').replaceAll(']]', '] ]');

/** One line that is only text. */
function titleOf(question: string): string {
  return unlinked(question.replace(/[\p{Cc}\s\u2028\u2029]+/gu, ' ').trim())
    .replace(/!(?=\[)/g, '')
    .replace(/[<`]/g, (mark) => `\\${mark}`);
}

/** The first sentence of the answer. */
function descriptionOf(body: string): string {
  const line =
    body.split('\n').find((one) => /\p{L}/u.test(one) && !/^\s*(?:#|\||```|~~~|>)/.test(one)) ?? '';
  const plain = unlinked(line)
    .replace(/^\s*(?:[-*+]|\d+[.)])\s+/, '')
    .replace(/\[([^[\]]*)\]\([^()\s]*\)/g, '$1')
    .replaceAll('&lt;', '<')
    .replace(/\*\*|__|`/g, '')
    .trim();
  const [sentence = plain] = sentencesOf(plain, detectLanguage(body));
  const characters = Array.from(sentence);
  return characters.length <= 200 ? sentence : `${characters.slice(0, 199).join('').trimEnd()}…`;
}
