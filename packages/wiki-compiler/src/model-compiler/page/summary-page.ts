/** The summary page of a document as a whole: the model's text, the section tree, the lists of pages. */
import {
  linkTarget,
  parseLinks,
  splitFrontMatter,
  updateFrontMatter,
  wikilink,
  writeFrontMatter,
} from '@openkb/wiki';

import type { CompilerInput } from '../../compilation.ts';
import { escapeMarkdown } from '../../extractive/pages/escape.ts';
import type { WrittenPage } from '../ask/page-reply.ts';
import { putKeptParts, withoutCopies } from './kept-parts.ts';
import { withMarks } from './mark-comment.ts';
import { marksOf } from './marks.ts';
import type { OldPage } from './old-page.ts';
import { headingKey, joinPieces, piecesOf } from './pieces.ts';

const CONCEPTS = 'Related Concepts';
const ENTITIES = 'Entities';
const SECTIONS = 'Sections';

/** Keys of the headings whose sections the program makes. */
export const SUMMARY_LISTS = [CONCEPTS, ENTITIES, SECTIONS].map(headingKey);

export interface ListedTopic {
  readonly path: string;
  readonly title: string;
}

export interface SummaryFacts {
  readonly input: CompilerInput;
  readonly compiledBy: string;
  /** Pages that have the document as a source, by path. */
  readonly topics: readonly ListedTopic[];
  /** Lines of the section tree. */
  readonly outline: readonly string[];
  /** Whether a link leads to a page. */
  readonly exists: (target: string) => boolean;
}

/** `written` has settled links; `old` is the page that it replaces. */
export function writeSummaryPage(
  old: OldPage | undefined,
  written: WrittenPage,
  facts: SummaryFacts,
): string {
  const { topics, outline } = facts;
  const content = withoutCopies(piecesOf(written.content), old?.kept ?? []);
  const lists = (
    [
      [SECTIONS, [...outline]],
      [CONCEPTS, itemsOf(topics, 'concepts/')],
      [ENTITIES, itemsOf(topics, 'entities/')],
    ] as const
  ).flatMap(([heading, items]) => listSection(heading, items, { old, exists: facts.exists }));
  const body = [
    old?.heading ?? `# ${escapeMarkdown(oneLine(facts.input.title))}`,
    '',
    ...putKeptParts(content, old?.kept ?? []),
    ...lists,
  ];
  const lines = marksOf([
    ...content,
    written.description,
    ...outline,
    ...itemsOf(topics, 'concepts/'),
    ...itemsOf(topics, 'entities/'),
  ]);
  return withMarks(`${frontMatter(old, written, facts)}\n${joinPieces(body)}\n`, lines);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function itemsOf(topics: readonly ListedTopic[], directory: string): string[] {
  return topics
    .filter(({ path }) => path.startsWith(directory))
    .map(({ path, title }) => `- ${wikilink(linkTarget(path), title)}`);
}

interface ListContext {
  readonly old: OldPage | undefined;
  readonly exists: SummaryFacts['exists'];
}

/** The list with what a person wrote into it: items that lead somewhere, and other lines. */
function listSection(
  heading: string,
  items: readonly string[],
  { old, exists }: ListContext,
): string[] {
  const listed = new Set(items.map(targetOf));
  const [, ...lines] = (old?.lists.get(headingKey(heading)) ?? '').split('\n');
  const theirs = lines.filter((line) => {
    if (line.trim() === '' || old?.isOwnItem(line) !== false || items.includes(line)) return false;
    const target = isLinkItem(line) ? targetOf(line) : undefined;
    return target === undefined ? heading !== SECTIONS : exists(target) && !listed.has(target);
  });
  if (items.length + theirs.length === 0) return [];
  return ['', `## ${heading}`, '', ...items, ...theirs];
}

function isLinkItem(line: string): boolean {
  return /^\s*[-*+] \[\[[^\]]*\]\](?: \([^()]*\))?\s*$/.test(line);
}

function targetOf(line: string): string {
  return linkTarget(parseLinks(line)[0]?.target ?? '');
}

function frontMatter(old: OldPage | undefined, written: WrittenPage, facts: SummaryFacts): string {
  const { title, docType, fullText, authors = [] } = facts.input;
  const kept = old?.descriptionKept === true ? old.description : undefined;
  const fields = {
    type: 'Summary',
    title: oneLine(title),
    description: kept ?? written.description,
    doc_type: docType,
    full_text: fullText,
    authors: authors.length === 0 ? undefined : [...authors],
    compiled_by: facts.compiledBy,
  };
  const front = old === undefined ? '' : splitFrontMatter(old.text).block;
  if (front === '') return writeFrontMatter(fields);
  const stale = old?.fields['compiled_by'] === 'extractive' ? EXTRACTIVE_FIELDS : {};
  const updated = updateFrontMatter(front, { ...fields, ...stale });
  return updated.endsWith('\n') ? updated : `${updated}\n`;
}

/** What the extractive compiler records for itself. */
const EXTRACTIVE_FIELDS = {
  format: undefined,
  language: undefined,
  page_starts: undefined,
  keywords: undefined,
  written_lines: undefined,
};
