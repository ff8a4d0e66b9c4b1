/**
 * A page as it is before it is written anew: what the model may rewrite, what persons wrote, what the program
 * keeps for itself. How a person's text is told, by who wrote the page last:
 *
 * - this compiler: by the marks of its lines (`marks.ts`);
 * - the extractive compiler: it tells its own lines;
 * - a person: the page names no source, and all of it is theirs;
 * - the Python program, or anybody else: there are no marks. All of the page is shown to the model as its
 *   text, and a section whose heading the rewritten page leaves out is a person's from then on and stays.
 */
import { readFrontMatter, splitFrontMatter } from '@openkb/wiki';

import { foreignContributionText } from '../../extractive/pages/contribution.ts';
import { unescapeMarkdown } from '../../extractive/pages/escape.ts';
import { markedBy } from '../../extractive/pages/own-lines.ts';
import { type BodyBlock, joinBody, splitBody } from '../../extractive/pages/page-body.ts';
import { takeRecord } from '../../extractive/pages/summary-record.ts';
import { type KeptPart, takeKeptParts } from './kept-parts.ts';
import { takeMarks } from './mark-comment.ts';
import { markOf, marksIn } from './marks.ts';
import { headingKey, headingOf, isBlank, joinPieces, piecesOf, sectionEnd } from './pieces.ts';

export interface OldPage {
  readonly text: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** The level-1 heading at its top. */
  readonly heading?: string;
  /** What the model is shown and may rewrite. */
  readonly own: string;
  readonly kept: readonly KeptPart[];
  /** Lines that refer to a document and do nothing else: `See also: [[summaries/report]]`. */
  readonly seeAlso: readonly string[];
  /** Blocks that the program makes, by the key of their heading. */
  readonly lists: ReadonlyMap<string, string>;
  /** Sections to be carried over where the rewritten page leaves their headings out. */
  readonly unsure: readonly { readonly key: string; readonly text: string }[];
  /** Empty where there is none. */
  readonly description: string;
  /** Whether the description is one that a person wrote. */
  readonly descriptionKept: boolean;
  /** Whether the program wrote this line of a list. */
  readonly isOwnItem: (line: string) => boolean;
}

export const SEE_ALSO = /^See also: \[\[summaries\/[^\]\n]+\]\]\s*$/;

/** An item of the extractive compiler: `- [[concepts/cache|Cache]] (3 mentions)`. */
const COUNTED = /^- \[\[(?:concepts|entities)\/[^\]\n]+\]\] \([^()\n]*\d[^()\n]*\)\s*$/;

/** `lists` are keys of headings whose blocks the program makes. */
export function readOldPage(text: string, lists: readonly string[]): OldPage {
  const fields = readFrontMatter(text);
  const { page, lines } = takeRecords(text, fields);
  const blocks = splitBody(closeKept(splitFrontMatter(page).body.replaceAll('\r\n', '\n')));
  const taken = takeBlocks(blocks, lists);
  const pieces = piecesOf(joinBody(taken.rest));
  const first = pieces.findIndex((piece) => !isBlank(piece));
  const heading = headingOf(pieces[first] ?? '')?.level === 1 ? pieces[first] : undefined;
  const body = heading === undefined ? pieces : pieces.toSpliced(first, 1);
  const seeAlso = body.filter((piece) => SEE_ALSO.test(piece));
  const plain = body.filter((piece) => !SEE_ALSO.test(piece));
  const { isOwn, sure, marks } = ownership(fields, lines);
  const { own, kept } = takeKeptParts(plain, isOwn);
  const description = typeof fields['description'] === 'string' ? fields['description'] : '';
  return {
    text,
    fields,
    ...(heading === undefined ? {} : { heading }),
    own: joinPieces([...own, '', ...taken.quoted]),
    kept: [...kept, ...taken.foreign.map(asKept)],
    seeAlso: seeAlso.map((line) => line.trim()),
    lists: taken.lists,
    unsure: sure ? [] : sectionsOf(own),
    description,
    descriptionKept: description !== '' && marks?.has(markOf(description)) === false,
    isOwnItem: (line) => marks?.has(markOf(line)) ?? (isExtractive(fields) && COUNTED.test(line)),
  };
}

/** A kept part that nobody closed ends where the program's own list of documents begins, else with the page. */
function closeKept(body: string): string {
  const open = body.lastIndexOf('<!-- keep -->');
  if (open < 0 || body.includes('<!-- /keep -->', open)) return body;
  const list = body
    .slice(open)
    .search(/^## (?:Related Documents|Related Concepts|Entities)[ \t]*$/m);
  const end = list < 0 ? body.length : open + list;
  return `${body.slice(0, end).trimEnd()}\n<!-- /keep -->\n\n${body.slice(end)}`;
}

interface TakenBlocks {
  readonly rest: readonly BodyBlock[];
  readonly lists: ReadonlyMap<string, string>;
  /** What the extractive compiler quotes. */
  readonly quoted: readonly string[];
  /** What persons wrote between the quotations. */
  readonly foreign: readonly string[];
}

function takeBlocks(blocks: readonly BodyBlock[], keys: readonly string[]): TakenBlocks {
  const rest: BodyBlock[] = [];
  const lists = new Map<string, string>();
  const quoted: string[] = [];
  const foreign: string[] = [];
  for (const one of blocks) {
    const key = headingKey(one.heading);
    if (one.contribution !== undefined) {
      quoted.push(one.text.replace(/^<!-- extractive .*$/m, ''), '');
      const theirs = foreignContributionText(one.text, one.contribution);
      if (theirs !== '') foreign.push(theirs);
    } else if (one.level === 2 && keys.includes(key) && !lists.has(key))
      lists.set(key, one.text.trimEnd());
    else rest.push(one);
  }
  return { rest, lists, quoted, foreign };
}

/** The page without what compilers record for themselves, and the recorded marks. */
function takeRecords(
  text: string,
  fields: Readonly<Record<string, unknown>>,
): { readonly page: string; readonly lines: string | undefined } {
  if (isExtractive(fields)) {
    const { page, record } = takeRecord(text);
    return { page, lines: record.lines };
  }
  const { page, marks } = takeMarks(text);
  return { page, lines: marks };
}

function isExtractive(fields: Readonly<Record<string, unknown>>): boolean {
  return fields['compiled_by'] === 'extractive';
}

interface Ownership {
  readonly isOwn: (piece: string) => boolean;
  /** Every line is known to be ours or a person's. */
  readonly sure: boolean;
  readonly marks?: ReadonlySet<string>;
}

function ownership(
  fields: Readonly<Record<string, unknown>>,
  lines: string | undefined,
): Ownership {
  const { description } = fields;
  if (isExtractive(fields)) {
    const marked = markedBy(lines);
    const said = typeof description === 'string' ? markOf(description) : '';
    return {
      isOwn: (piece) => marked(piece) || markOf(unescapeMarkdown(piece)) === said,
      sure: true,
    };
  }
  if (fields['sources'] === undefined && fields['compiled_by'] === undefined)
    return { isOwn: () => false, sure: true };
  const marks = marksIn(lines);
  if (marks === undefined) return { isOwn: () => true, sure: false };
  return { isOwn: (piece) => marks.has(markOf(piece)), sure: true, marks };
}

function asKept(text: string): KeptPart {
  return { pieces: [text], tight: false, after: '' };
}

/** Top-level sections with their headings. */
function sectionsOf(pieces: readonly string[]): { key: string; text: string }[] {
  const sections: { key: string; text: string }[] = [];
  for (const [index, piece] of pieces.entries()) {
    const heading = headingOf(piece);
    if (heading === undefined || heading.level > 2) continue;
    const text = joinPieces(pieces.slice(index, sectionEnd(pieces, index, heading.level)));
    sections.push({ key: heading.key, text });
  }
  return sections;
}
