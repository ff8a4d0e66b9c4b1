/**
 * The model's text of a page as the program takes it: no front matter, no title, no HTML, no comments (they
 * could pass for marks of the program or of a person), no lists that the program makes, no pictures, and of
 * addresses only those that the material holds.
 */
import { splitFrontMatter } from '@openkb/wiki';

import { BARE, bareAddress, LINK, withoutSchemes } from './addresses.ts';
import { closeFences } from './close-fences.ts';
import { outsideCode } from './outside-code.ts';
import { headingKey, headingOf, joinPieces, piecesOf, sectionEnd } from './pieces.ts';

export interface CleanOptions {
  readonly title: string;
  /** Keys of headings whose sections the program makes. */
  readonly lists: readonly string[];
  /** Whether the material holds an address. */
  readonly knowsAddress: (address: string) => boolean;
}

export function cleanContent(content: string, options: CleanOptions): string {
  const readable = content
    .replace(/\r\n?/g, '\n')
    .replace(/[\uFDD0\uFEFF]|\p{Cs}/gu, '')
    .replaceAll('\0', '');
  const text = closeFences(splitFrontMatter(unwrapped(readable)).body);
  const plain = outsideCode(withoutComments(text), (part) =>
    withoutForeignAddresses(withoutTags(part), options.knowsAddress),
  );
  const closed = closeFences(plain);
  return joinPieces(withoutLists(withoutTitle(piecesOf(closed), options.title), options.lists));
}

/** A text that is one fenced block of Markdown is its inside. */
function unwrapped(text: string): string {
  const match = /^\s*(`{3,})(?:markdown|md)\s*\n([\s\S]*)\n\1\s*$/.exec(text);
  return match?.[2] ?? text.trim();
}

const ROUNDS = 10;

/** Outside code all comments; inside, those that the program would take for its own are made harmless. */
function withoutComments(text: string): string {
  let result = text;
  // what is left when a comment goes may be the beginning of another
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = outsideCode(result, (part) => part.replace(/<!--[\s\S]*?(?:-->|$)/g, ''));
    if (next === result) break;
    result = next;
  }
  return result.replace(/<!--(?=\s*\/?(?:keep|extractive|written-lines))/gi, '<!- -');
}

const TAG = /<\/?[a-z][a-z0-9-]*(?:\s[^<>]*)?\/?>/gi;
const HIDDEN = /<(script|style|iframe|object|template)\b[\s\S]*?(?:<\/\1\s*>|$)/gi;

/** `<br>` is how a table breaks a line, `<sub>` and `<sup>` have no Markdown: they stay, without attributes. */
function withoutTags(text: string): string {
  return text
    .replace(HIDDEN, '')
    .replace(TAG, (tag) => (/^<(?:br\s*\/?|\/?su[bp])>$/i.test(tag) ? tag : ''));
}

const PICTURE = /!\[([^[\]\n]*)\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^[\]\n]*\])/g;
const DEFINITION = /^ {0,3}\[[^\]\n]+\]:\s*\S+.*$/gm;

function withoutForeignAddresses(text: string, known: (address: string) => boolean): string {
  const safe = (address: string): boolean =>
    /^(?:https?:|mailto:)/i.test(address) && known(address);
  return text
    .replace(PICTURE, '$1')
    .replace(DEFINITION, '')
    .replace(LINK, (link, words: string, address: string) => (safe(address) ? link : words))
    .replace(BARE, (found, address: string) => {
      const bare = bareAddress(address);
      return safe(bare) ? found : withoutSchemes(address);
    });
}

/** The title at the top goes; any other level-1 heading is of level 2. */
function withoutTitle(pieces: readonly string[], title: string): string[] {
  const first = pieces.findIndex((piece) => piece.trim() !== '');
  const opening = headingOf(pieces[first] ?? '');
  const repeats = opening?.level === 1 || opening?.key === headingKey(title);
  return pieces
    .filter((_, index) => !(repeats && index === first))
    .map((piece) => (headingOf(piece)?.level === 1 ? `#${piece}` : piece));
}

/** `See also:` and nothing but links. */
const SEE_ALSO =
  /^\s*(?:[-*]\s+)?(?:\*\*)?see also:?(?:\*\*)?:?\s*(?:\[\[[^\]]*\]\][,;\s]*)+\.?\s*$/i;

function withoutLists(pieces: readonly string[], lists: readonly string[]): string[] {
  const gone = new Set<number>();
  for (const [index, piece] of pieces.entries()) {
    const heading = headingOf(piece);
    if (SEE_ALSO.test(piece)) gone.add(index);
    if (heading === undefined || !lists.includes(heading.key)) continue;
    const end = sectionEnd(pieces, index, heading.level);
    for (let at = index; at < end; at += 1) gone.add(at);
  }
  return pieces.filter((_, index) => !gone.has(index));
}
