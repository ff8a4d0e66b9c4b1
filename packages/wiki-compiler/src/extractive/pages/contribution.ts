/**
 * What one document contributes to a concept or entity page: a section of its own. The section is
 * also the record of it: a comment under the heading holds what cannot be read off the text, so that
 * title, type, aliases and description of the page can be computed again from its sections alone.
 *
 *     ## [[summaries/a|Title of A]]
 *     <!-- extractive {"document":"a","title":"Attention mechanism","mentions":24,"chosen":true,"definition":4.9} -->
 *
 *     > Attention is a mechanism that ...
 *     > — *3.2 Attention*, p. 3
 *
 *     Mentioned with: [[concepts/transformer|Transformer]]
 */
import { linkTarget, pagePath, wikilink } from '@openkb/wiki';

import type { Aboutness } from '../aboutness.ts';
import type { Labels } from '../labels.ts';
import type { Quotation } from '../quotations.ts';
import type { EntityType } from '../shapes.ts';
import { escapeMarkdown, unescapeMarkdown } from './escape.ts';
import { type IsOwn, foreignText, markedBy, marksOf } from './own-lines.ts';

/** The part that is kept in the comment. */
export interface ContributionRecord {
  /** Name of the document. */
  readonly document: string;
  /** What the document calls the topic. */
  readonly title: string;
  readonly aliases?: readonly string[];
  readonly type?: EntityType;
  /** How sure the type is, 0 to 1. */
  readonly confidence?: number;
  readonly mentions: number;
  /** The document asked for the page; without it the document only adds to it. */
  readonly chosen?: boolean;
  /** Score of the first quotation as a definition; absent when it is none. */
  readonly definition?: number;
  /** What the first quotation is about, when it is no definition; absent when it speaks of the topic. */
  readonly about?: Aboutness;
  /** Marks of the section's lines below the comment: what has none is a person's. */
  readonly lines?: string;
}

export interface Contribution {
  readonly record: ContributionRecord;
  readonly documentTitle: string;
  readonly quotations: readonly Quotation[];
  readonly related: readonly PageLink[];
}

export interface PageLink {
  readonly path: string;
  readonly title: string;
}

/** A contribution read from a page. */
export interface ReadContribution {
  readonly record: ContributionRecord;
  /** Words of the first quotation; empty when there is none. */
  readonly quotation: string;
}

const SHAPE = /^(?:> |(?:Mentioned with|Erwähnt mit|相关): \[\[)/;
const COMMENT = /^<!-- extractive (\{.*\}) -->\r?$/m;

/** The section as Markdown without a trailing line ending. */
export function renderContribution(contribution: Contribution, labels: Labels): string {
  const { record, documentTitle, quotations, related } = contribution;
  const parts = quotations.map((one) => renderQuotation(one, labels));
  const links = related.map(({ path, title }) => wikilink(linkTarget(path), title));
  if (links.length > 0) parts.push(`${labels.mentionedWith}: ${links.join(', ')}`);
  const lines = marksOf(parts.join('\n'));
  const json = JSON.stringify({ ...record, lines });
  const comment = `<!-- extractive ${json.replace(/-(?=-)|[<>]/g, jsonEscape)} -->`;
  const heading = `## ${documentLink(record.document, documentTitle)}`;
  return [`${heading}\n${comment}`, ...parts].join('\n\n');
}

/** Tells the lines of a document's section that the compiler wrote. */
export function ownContributionLines({ record }: ReadContribution): IsOwn {
  const marked = markedBy(record.lines);
  // a section without marks is known by its shape
  const body = record.lines === undefined ? (line: string) => SHAPE.test(line) : marked;
  return (line) => line.startsWith('## ') || line.startsWith('<!-- extractive {') || body(line);
}

/** What a person wrote into a document's section. */
export function foreignContributionText(section: string, read: ReadContribution): string {
  return foreignText(section, ownContributionLines(read));
}

export function documentLink(document: string, title: string): string {
  return wikilink(linkTarget(pagePath('summaries', document)), title);
}

export function renderQuotation({ text, section, page }: Quotation, labels: Labels): string {
  const place = [
    ...(section === undefined ? [] : [`*${escapeMarkdown(section)}*`]),
    ...(page === undefined ? [] : [labels.page(page)]),
  ];
  const source = place.length === 0 ? '' : `\n> — ${place.join(', ')}`;
  return `> ${escapeMarkdown(text)}${source}`;
}

/** Reads a section that `renderContribution` wrote; undefined for any other. */
export function readContribution(section: string): ReadContribution | undefined {
  const json = COMMENT.exec(section)?.[1];
  if (json === undefined) return undefined;
  const record = parseRecord(json);
  const quotation = /^> (?!— )(.*?)\r?$/m.exec(section)?.[1] ?? '';
  return record && { record, quotation: unescapeMarkdown(quotation) };
}

function parseRecord(json: string): ContributionRecord | undefined {
  try {
    const value = JSON.parse(json) as ContributionRecord;
    const sound =
      typeof value.document === 'string' &&
      typeof value.title === 'string' &&
      typeof value.mentions === 'number' &&
      (value.aliases === undefined || Array.isArray(value.aliases));
    return sound ? value : undefined;
  } catch {
    // a person has edited the comment: the section is theirs
    return undefined;
  }
}

/** Comments must hold no `--`, `<` or `>`. */
function jsonEscape(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}
