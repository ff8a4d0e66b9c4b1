/** The summary page of a document: what is said about it, then the lists of its concepts and entities. */
import {
  linkTarget,
  splitFrontMatter,
  updateFrontMatter,
  wikilink,
  writeFrontMatter,
} from '@openkb/wiki';

import type { CompilerInput, DocumentSection } from '../../compilation.ts';
import type { DocumentAnalysis } from '../analyse-document.ts';
import type { Labels } from '../labels.ts';
import { linkFirstMentions, linkNames, unlinkMentions } from '../links/link-names.ts';
import type { Topic } from '../shapes.ts';
import type { Summary } from '../summary/summarise.ts';
import type { LanguageProfile } from '../text/language.ts';
import { collapseSpaces } from '../text/normalise.ts';
import { escapeMarkdown } from './escape.ts';
import { type BodyBlock, block, joinBody, splitBody, withBlankLine } from './page-body.ts';
import { shorten } from './page-state.ts';

const CONCEPTS = 'Related Concepts';
const ENTITIES = 'Entities';
/** Characters of a sentence in the outline. */
const OUTLINE_SENTENCE = 140;
/** Levels of a section tree that are shown. */
const TREE_LEVELS = 4;

/** A summary page without links: the part that depends on nothing but the document. */
export function baseSummaryPage(
  input: CompilerInput,
  analysis: DocumentAnalysis,
  summary: Summary,
  labels: Labels,
): string {
  const { keywords, pageStarts, text } = analysis;
  const authors = input.authors ?? [];
  const front = writeFrontMatter({
    type: 'Summary',
    title: input.title,
    description: shorten(summary.description, 320),
    doc_type: input.docType,
    full_text: input.fullText,
    compiled_by: 'extractive',
    format: input.format,
    language: text.language,
    authors: authors.length === 0 ? undefined : [...authors],
    page_starts: pageStarts.length === 0 ? undefined : [...pageStarts],
    keywords: keywords.length === 0 ? undefined : [...keywords],
  });
  const parts = [`# ${escapeMarkdown(collapseSpaces(input.title))}`, `*${labels.offline}*`];
  if (authors.length > 0)
    parts.push(`${labels.authors}: ${authors.map((author) => escapeMarkdown(author)).join(', ')}`);
  for (const { text: sentence, page } of summary.sentences)
    parts.push(escapeMarkdown(sentence) + (page === undefined ? '' : ` (${labels.page(page)})`));
  const outline =
    input.sections === undefined || input.sections.length === 0
      ? sentenceOutline(summary, labels)
      : treeOutline(input.sections, labels, 0);
  if (outline.length > 0) parts.push(`## ${labels.outline}`, outline.join('\n'));
  return `${front}\n${parts.join('\n\n')}\n`;
}

function sentenceOutline({ outline }: Summary, labels: Labels): string[] {
  return outline.map(({ title, depth, sentence, page }) => {
    const place = page === undefined ? '' : ` (${labels.page(page)})`;
    const said =
      sentence === undefined ? '' : `: ${escapeMarkdown(shorten(sentence.text, OUTLINE_SENTENCE))}`;
    return `${'  '.repeat(depth)}- **${escapeMarkdown(title)}**${place}${said}`;
  });
}

function treeOutline(
  sections: readonly DocumentSection[],
  labels: Labels,
  depth: number,
): string[] {
  if (depth >= TREE_LEVELS) return [];
  return sections.flatMap(({ title, startPage, endPage, children }) => [
    `${'  '.repeat(depth)}- ${escapeMarkdown(title)} (${labels.pages(startPage, endPage)})`,
    ...treeOutline(children, labels, depth + 1),
  ]);
}

/**
 * The page with its links renewed: both lists, and the first mention of each page in the text. `pages`
 * are in the order of the lists. What a person wrote into the page stays.
 */
export function linkSummaryPage(
  page: string,
  pages: ReadonlyMap<string, Topic>,
  profile: LanguageProfile,
  labels: Labels,
): string {
  const { block: front, body } = splitFrontMatter(page);
  const names = linkNames(pages, profile);
  const linked = new Set<string>();
  const blocks = splitBody(body).map((one, index) =>
    isText(one, index) ? block(relink(one.text, names, profile, linked)) : one,
  );
  const concepts = listByDirectory(pages, 'concepts/', labels);
  const entities = listByDirectory(pages, 'entities/', labels);
  const withConcepts = setList(blocks, CONCEPTS, concepts, ENTITIES);
  return front + joinBody(setList(withConcepts, ENTITIES, entities));
}

function listByDirectory(
  pages: ReadonlyMap<string, Topic>,
  directory: string,
  labels: Labels,
): string[] {
  return [...pages]
    .filter(([path]) => path.startsWith(directory))
    .map(
      ([path, topic]) =>
        `- ${wikilink(linkTarget(path), topic.title)} (${labels.mentions(topic.mentions)})`,
    );
}

/** The old page's parts that a person wrote, put into the new one: unknown sections and unknown front matter. */
export function keepSummaryEdits(
  old: string,
  renewed: string,
  fields: Readonly<Record<string, unknown>>,
): string {
  const foreign = splitBody(splitFrontMatter(old).body).filter(
    (one, index) => !isOurBlock(one, index),
  );
  const known = new Set([
    'title',
    'type',
    'description',
    'doc_type',
    'full_text',
    'compiled_by',
    'format',
    'language',
    'authors',
    'page_starts',
    'keywords',
    'brief',
  ]);
  const kept = Object.fromEntries(Object.entries(fields).filter(([key]) => !known.has(key)));
  const page = updateFrontMatter(renewed, kept);
  if (foreign.length === 0) return page;
  const { block: front, body } = splitFrontMatter(page);
  return front + withBlankLine(body) + joinBody(foreign).trimEnd() + '\n';
}

const OURS = /^(?:Related Concepts|Entities|Outline|Gliederung|大纲)$/;

function isOurBlock(one: BodyBlock, index: number): boolean {
  return (
    one.level === 1 ||
    (index === 0 && one.text.trim() === '') ||
    (one.level === 2 && OURS.test(one.heading))
  );
}

/** The blocks with sentences of the document: those before the lists. */
function isText(one: BodyBlock, index: number): boolean {
  return isOurBlock(one, index) && one.heading !== CONCEPTS && one.heading !== ENTITIES;
}

/** A line of the outline up to its sentence: title, then page. */
const OUTLINE_TITLE = /^- \*\*(?:\\.|[^\\*])*\*\*(?: \([^()]*\))?:/;

function relink(
  text: string,
  names: ReturnType<typeof linkNames>,
  profile: LanguageProfile,
  linked: Set<string>,
): string {
  return text
    .split('\n')
    .map((line) => {
      // headings, the note on how the page was made, authors and section titles carry no links
      // a deep item by itself would be indented code, in which no link is seen
      const indent = /^ */.exec(line)?.[0] ?? '';
      const plain = unlinkMentions(line.slice(indent.length));
      if (/^(?:#|\*)/.test(plain)) return indent + plain;
      const title = OUTLINE_TITLE.exec(plain)?.[0] ?? (plain.startsWith('- ') ? plain : '');
      return indent + title + linkFirstMentions(plain.slice(title.length), names, profile, linked);
    })
    .join('\n');
}

function setList(
  blocks: readonly BodyBlock[],
  heading: string,
  lines: readonly string[],
  before?: string,
): BodyBlock[] {
  const at = blocks.findIndex((one) => one.level === 2 && one.heading === heading);
  const text = `## ${heading}\n\n${lines.join('\n')}\n`;
  if (at >= 0) {
    if (lines.length === 0) return trimLast(blocks.toSpliced(at, 1));
    const last = at === blocks.length - 1;
    return blocks.with(at, block(last ? text : `${text}\n`));
  }
  if (lines.length === 0) return [...blocks];
  const next =
    before === undefined
      ? -1
      : blocks.findIndex((one) => one.level === 2 && one.heading === before);
  if (next >= 0) return blocks.toSpliced(next, 0, block(`${text}\n`));
  const foreign = blocks.findIndex((one, index) => index > 0 && !isOurBlock(one, index));
  if (foreign >= 0) return blocks.toSpliced(foreign, 0, block(`${text}\n`));
  const last = blocks.at(-1);
  const head =
    last === undefined
      ? []
      : blocks.with(blocks.length - 1, { ...last, text: withBlankLine(last.text) });
  return [...head, block(text)];
}

function trimLast(blocks: readonly BodyBlock[]): BodyBlock[] {
  const last = blocks.at(-1);
  return last === undefined
    ? []
    : blocks.with(blocks.length - 1, { ...last, text: `${last.text.trimEnd()}\n` });
}
