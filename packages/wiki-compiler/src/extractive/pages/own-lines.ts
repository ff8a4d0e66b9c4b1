/**
 * Which lines of a section the compiler wrote, and what a person wrote between them. A page records
 * short marks of its own lines, so that they are known again when the text they were made from is gone;
 * every other line is a person's and is carried over when the section is renewed.
 */
import { unlinkMentions } from '../links/link-names.ts';

/** Whether a piece of a section is the compiler's. */
export type IsOwn = (piece: string) => boolean;

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const KEEP = '<!-- keep -->';
const KEEP_END = '<!-- /keep -->';

/** The lines of a text; a kept part and fenced code are one piece each. Joined by line feeds they are the text. */
export function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let fence: string | undefined;
  let kept = false;
  for (const line of text.split('\n')) {
    if (kept || fence !== undefined) pieces.push(`${pieces.pop() ?? ''}\n${line}`);
    else pieces.push(line);
    const mark = kept ? undefined : FENCE.exec(line)?.[1];
    if (fence === undefined) fence = mark;
    else if (mark?.startsWith(fence) === true) fence = undefined;
    if (line.includes(KEEP)) kept = true;
    if (line.includes(KEEP_END)) kept = false;
  }
  return pieces;
}

/** A kept part or fenced code: a person's, whatever is in it. */
export function isWhole(piece: string): boolean {
  return piece.includes(KEEP) || FENCE.test(piece);
}

/** Marks of the lines of a text that the compiler writes, separated by spaces. */
export function marksOf(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return [...new Set(lines.map(markOf))].join(' ');
}

/** Tells the lines with one of these marks; a list that is none counts as empty. */
export function markedBy(...lists: readonly unknown[]): IsOwn {
  const marks = new Set(lists.flatMap((list) => (typeof list === 'string' ? list.split(' ') : [])));
  return (piece) => piece.trim() !== '' && !isWhole(piece) && marks.has(markOf(piece));
}

/** A line as it is without links to concepts and entities, which come and go. */
export function unlinkedLine(line: string): string {
  // a deep item by itself would be indented code, in which no link is seen
  const indent = /^ */.exec(line)?.[0] ?? '';
  return indent + unlinkMentions(line.slice(indent.length).trimEnd());
}

/** What is not the compiler's, in its order; parts that the compiler's lines held apart are paragraphs. */
export function foreignText(text: string, isOwn: IsOwn): string {
  const parts: string[][] = [[]];
  for (const piece of piecesOf(text)) {
    if (!isWhole(piece) && isOwn(piece)) parts.push([]);
    else parts.at(-1)?.push(piece);
  }
  return parts
    .map((pieces) => pieces.join('\n').replace(/^(?:[ \t]*\r?\n)+|\s+$/g, ''))
    .filter((part) => part.trim() !== '')
    .join('\n\n');
}

/**
 * A section renewed, without its trailing blank lines: what a person wrote in it stands below the
 * compiler's lines, or stays in its place when those say what they said before. `normal` is what of a
 * line is compared.
 */
export function renewSection(
  old: string,
  renewed: string,
  isOwn: IsOwn,
  normal: (line: string) => string = (line) => line.trimEnd(),
): string {
  const foreign = foreignText(old, isOwn);
  if (foreign === '') return renewed.trimEnd();
  const before = piecesOf(old).filter((piece) => !isWhole(piece) && isOwn(piece));
  const after = renewed.split('\n').filter((line) => line.trim() !== '');
  const same = before.map(normal).join('\n') === after.map(normal).join('\n');
  return same ? old.trimEnd() : `${renewed.trimEnd()}\n\n${foreign}`;
}

/** FNV-1a over UTF-16 code units, 32 bits, in base 36. http://www.isthe.com/chongo/tech/comp/fnv/ */
function markOf(line: string): string {
  let hash = 0x811c9dc5;
  for (const unit of unlinkedLine(line).split(''))
    hash = Math.imul(hash ^ unit.charCodeAt(0), 0x01000193);
  return (hash >>> 0).toString(36);
}
