/** A concept or entity page as a whole: the model's text and what the program adds to it. */
import {
  linkTarget,
  pagePath,
  parseLinks,
  splitFrontMatter,
  updateFrontMatter,
  wikilink,
  writeFrontMatter,
} from '@openkb/wiki';

import { strings } from '../../catalogue/read-catalogue.ts';
import { capitalised } from '../../extractive/entity-types.ts';
import { block, joinBody } from '../../extractive/pages/page-body.ts';
import { addRelatedDocument } from '../../extractive/pages/related-documents.ts';
import { compareText } from '../../extractive/text/keys.ts';
import type { WrittenPage } from '../ask/page-reply.ts';
import { putKeptParts, withoutCopies } from './kept-parts.ts';
import { withMarks } from './mark-comment.ts';
import { marksOf } from './marks.ts';
import type { OldPage } from './old-page.ts';
import { headingOf, joinPieces, piecesOf } from './pieces.ts';

export const RELATED_DOCUMENTS = 'related documents';

export interface TopicFacts {
  readonly kind: 'concept' | 'entity';
  readonly title: string;
  /** Lower case. */
  readonly entityType?: string | undefined;
  readonly aliases: readonly string[];
  /** The document that the page is written from; absent where one is taken out. */
  readonly document?: { readonly name: string; readonly title: string };
  /** Value of `sources`. */
  readonly sources: readonly unknown[];
  readonly compiledBy: string;
}

/** The page with this text. `written` has settled links; `old` is the page that it replaces. */
export function writeTopicPage(
  old: OldPage | undefined,
  written: WrittenPage,
  facts: TopicFacts,
): string {
  const content = withoutCopies(piecesOf(written.content), old?.kept ?? []);
  const description = old?.descriptionKept === true ? old.description : written.description;
  const body = [
    old?.heading ?? `# ${facts.title}`,
    '',
    ...putKeptParts(content, old?.kept ?? []),
    ...carriedOver(old, content),
    ...crossReferences(old, facts).flatMap((line) => ['', line]),
  ];
  const lines = marksOf([...content, written.description]);
  const front = frontMatter(old, description, facts);
  return withMarks(`${front}\n${joinPieces(body)}\n${relatedDocuments(old, facts)}`, lines);
}

/** Sections of a page without marks that the rewritten text leaves out. */
function carriedOver(old: OldPage | undefined, content: readonly string[]): string[] {
  const present = new Set(content.map((piece) => headingOf(piece)?.key));
  return (old?.unsure ?? [])
    .filter(({ key }) => !present.has(key))
    .flatMap(({ text }) => ['', text]);
}

/** Cross-references of other documents; the page is now this document's as a whole. */
function crossReferences(old: OldPage | undefined, { document }: TopicFacts): string[] {
  const own = document === undefined ? '' : summaryTarget(document.name);
  return (old?.seeAlso ?? []).filter(
    (line) => linkTarget(parseLinks(line)[0]?.target ?? '') !== own,
  );
}

function relatedDocuments(old: OldPage | undefined, { document }: TopicFacts): string {
  const list = old?.lists.get(RELATED_DOCUMENTS);
  const blocks = list === undefined ? [] : [block(`${list}\n`)];
  if (document === undefined) return list === undefined ? '' : `\n${list}\n`;
  const link = wikilink(summaryTarget(document.name), document.title);
  return `\n${joinBody(addRelatedDocument(blocks, document.name, link, true)).trimEnd()}\n`;
}

function frontMatter(old: OldPage | undefined, description: string, facts: TopicFacts): string {
  const aliases = aliasesOf(old, facts);
  const fields = {
    type: typeOf(old, facts),
    title: old === undefined ? facts.title : old.fields['title'],
    sources: facts.sources,
    description,
    aliases: aliases.length === 0 ? undefined : aliases,
    compiled_by: facts.compiledBy,
  };
  const front = old === undefined ? '' : splitFrontMatter(old.text).block;
  return front === '' ? writeFrontMatter(fields) : withEnd(updateFrontMatter(front, fields));
}

/** A block that ends the file may have no line ending. */
function withEnd(front: string): string {
  return front.endsWith('\n') ? front : `${front}\n`;
}

/** A type that is there stays, unless it says nothing. */
function typeOf(old: OldPage | undefined, { kind, entityType = 'other' }: TopicFacts): unknown {
  const present = old?.fields['type'];
  const says = typeof present === 'string' && !/^(?:other|)$/i.test(present.trim());
  if (says) return present;
  return kind === 'concept' ? 'Concept' : capitalised(entityType);
}

/** Those that are there, in their order, then new ones. */
function aliasesOf(old: OldPage | undefined, { title, aliases }: TopicFacts): string[] {
  const present = strings(old?.fields['aliases']);
  const known = new Set([title, ...present].map(fold));
  const added = aliases.filter((one) => {
    const fresh = !known.has(fold(one));
    known.add(fold(one));
    return fresh;
  });
  return [...present, ...added.toSorted(compareText)];
}

function fold(name: string): string {
  return name.normalize('NFKC').toLowerCase().trim();
}

/** How a document's summary is linked. */
export function summaryTarget(name: string): string {
  return linkTarget(pagePath('summaries', name));
}
