/** The summary page of a document: what is said about it, then the lists of its concepts and entities. */
import {
  linkTarget,
  readFrontMatter,
  splitFrontMatter,
  updateFrontMatter,
  wikilink,
  writeFrontMatter,
} from '@openkb/wiki';

import type { CompilerInput, DocumentSection } from '../../compilation.ts';
import type { DocumentAnalysis } from '../analyse-document.ts';
import type { Labels } from '../labels.ts';
import { linkFirstMentions, linkNames } from '../links/link-names.ts';
import type { Topic } from '../shapes.ts';
import type { Summary } from '../summary/summarise.ts';
import type { LanguageProfile } from '../text/language.ts';
import { collapseSpaces } from '../text/normalise.ts';
import { escapeMarkdown } from './escape.ts';
import {
  type IsOwn,
  foreignText,
  isWhole,
  markedBy,
  marksOf,
  piecesOf,
  renewSection,
  unlinkedLine,
} from './own-lines.ts';
import { type BodyBlock, block, joinBody, splitBody, withBlankLine } from './page-body.ts';
import { shorten } from './page-state.ts';
import { recordComment, takeRecord, withRecord } from './summary-record.ts';

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
  const parts = [
    `# ${escapeMarkdown(collapseSpaces(input.title))}`,
    `*${labels.offline(textLink(input.fullText))}*`,
  ];
  if (authors.length > 0)
    parts.push(`${labels.authors}: ${authors.map((author) => escapeMarkdown(author)).join(', ')}`);
  for (const { text: sentence, page } of summary.sentences)
    parts.push(escapeMarkdown(sentence) + (page === undefined ? '' : ` (${labels.page(page)})`));
  const outline =
    input.sections === undefined || input.sections.length === 0
      ? sentenceOutline(summary, labels)
      : treeOutline(input.sections, labels, 0);
  if (outline.length > 0) parts.push(`## ${labels.outline}`, outline.join('\n'));
  const body = parts.join('\n\n');
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
    keywords: keywords.length === 0 ? undefined : [...keywords],
  });
  return withRecord(`${front}\n${body}\n`, recordComment({ pageStarts, lines: marksOf(body) }));
}

/** Links a word to the stored text; to JSON, which no reader of pages opens, there is no link. */
function textLink(fullText: string): (word: string) => string {
  return (word) => (fullText.endsWith('.md') ? wikilink(linkTarget(fullText), word) : word);
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
  text: string,
  pages: ReadonlyMap<string, Topic>,
  profile: LanguageProfile,
  labels: Labels,
): string {
  const { page, record, comment } = takeRecord(text);
  const { block: front, body } = splitFrontMatter(page);
  const names = linkNames(pages, profile);
  const linked = new Set<string>();
  const isOwn = record.lines === undefined ? () => true : markedBy(record.lines);
  const split = splitBody(body);
  const roles = rolesOf(split);
  const blocks = split.map((one) => {
    const role = roles.get(one);
    if (role !== 'head' && role !== 'outline') return one;
    return block(relink(one.text, { names, profile, linked, isOwn }));
  });
  const concepts = listByDirectory(pages, 'concepts/', labels);
  const entities = listByDirectory(pages, 'entities/', labels);
  const withConcepts = setList(blocks, CONCEPTS, concepts, ENTITIES);
  return withRecord(front + joinBody(setList(withConcepts, ENTITIES, entities)), comment);
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

const KNOWN = new Set([
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
  'written_lines',
  'brief',
]);

/** The new page with what a person wrote into the old one: lines, sections and front matter. */
export function keepSummaryEdits(old: string, renewed: string): string {
  const { page: oldPage, record } = takeRecord(old);
  const { page: newPage, comment } = takeRecord(renewed);
  const fields = readFrontMatter(oldPage);
  const kept = Object.fromEntries(Object.entries(fields).filter(([key]) => !KNOWN.has(key)));
  const { block: front, body } = splitFrontMatter(updateFrontMatter(newPage, kept));
  const marked = markedBy(record.lines, marksOf(body));
  const fresh = splitBody(body.trimStart());
  const freshRoles = rolesOf(fresh);
  const blocks = splitBody(splitFrontMatter(oldPage).body);
  const roles = rolesOf(blocks);
  const homeless: string[] = [];
  const parts = blocks.flatMap((one): string[] => {
    const role = roles.get(one);
    if (role === undefined) return one.text.trim() === '' ? [] : [one.text];
    if (role === 'concepts' || role === 'entities') return [withBlankLine(one.text)];
    const isOwn: IsOwn = (line) => marked(line) || (role === 'outline' && line.startsWith('## '));
    const successor = fresh.find((other) => freshRoles.get(other) === role);
    if (successor === undefined) {
      homeless.push(foreignText(one.text, isOwn));
      return [];
    }
    return [withBlankLine(renewSection(one.text, successor.text, isOwn, unlinkedLine))];
  });
  const present = new Set(roles.values());
  const added = fresh.filter((one) => !present.has(freshRoles.get(one) ?? 'head'));
  const head = blocks.findIndex((one) => roles.get(one) === 'head');
  const before = blocks.slice(0, head + 1).filter((one) => one.text.trim() !== '').length;
  const all = [
    ...parts.slice(0, before),
    ...added.map((one) => withBlankLine(one.text)),
    ...parts.slice(before),
    ...homeless.filter((text) => text !== ''),
  ];
  const joined = all.map((part, at) =>
    part.endsWith('\n') ? part : `${part}\n${at < all.length - 1 ? '\n' : ''}`,
  );
  const text = joined.join('').replace(/^(?:[ \t]*\r?\n)+/, '');
  return withRecord(`${front}\n${text.trimEnd()}\n`, comment);
}

type Role = 'head' | 'outline' | 'concepts' | 'entities';

/** The compiler's blocks; a second one of the same kind is a person's. */
function rolesOf(blocks: readonly BodyBlock[]): ReadonlyMap<BodyBlock, Role> {
  const taken = new Set<Role>();
  const roles = new Map<BodyBlock, Role>();
  for (const one of blocks) {
    const role = roleOf(one);
    if (role === undefined || taken.has(role)) continue;
    taken.add(role);
    roles.set(one, role);
  }
  return roles;
}

function roleOf({ level, heading }: BodyBlock): Role | undefined {
  if (level === 1) return 'head';
  if (level !== 2) return undefined;
  if (heading === CONCEPTS) return 'concepts';
  if (heading === ENTITIES) return 'entities';
  return /^(?:Outline|Gliederung|大纲)$/.test(heading) ? 'outline' : undefined;
}
/** A line of the outline up to its sentence: title, then page. */
const OUTLINE_TITLE = /^- \*\*(?:\\.|[^\\*])*\*\*(?: \([^()]*\))?:/;

interface Relinking {
  readonly names: ReturnType<typeof linkNames>;
  readonly profile: LanguageProfile;
  /** Pages that are linked already. */
  readonly linked: Set<string>;
  readonly isOwn: IsOwn;
}

function relink(text: string, { names, profile, linked, isOwn }: Relinking): string {
  return piecesOf(text)
    .map((line) => {
      if (isWhole(line) || !isOwn(line)) return line;
      // headings, the note on how the page was made, authors and section titles carry no links
      const indent = /^ */.exec(line)?.[0] ?? '';
      const plain = unlinkedLine(line).slice(indent.length);
      if (/^(?:#|\*)/.test(plain)) return indent + plain;
      const title = OUTLINE_TITLE.exec(plain)?.[0] ?? (plain.startsWith('- ') ? plain : '');
      return indent + title + linkFirstMentions(plain.slice(title.length), names, profile, linked);
    })
    .join('\n');
}

/** A line of the lists as the compiler writes them. */
const LIST_LINE =
  /^(?:## |- \[\[(?:concepts|entities|summaries)\/[^\]\n]+\]\] \((?:\d+ mentions?|\d+ Erwähnung(?:en)?|\d+ 次)\)\s*$)/;

function setList(
  blocks: readonly BodyBlock[],
  heading: string,
  lines: readonly string[],
  before?: string,
): BodyBlock[] {
  const at = blocks.findIndex((one) => one.level === 2 && one.heading === heading);
  const text = `## ${heading}\n\n${lines.join('\n')}\n`;
  if (at >= 0) {
    const old = blocks[at]?.text ?? '';
    const isOwn = (line: string) => LIST_LINE.test(line);
    if (lines.length === 0)
      return appendText(trimLast(blocks.toSpliced(at, 1)), foreignText(old, isOwn));
    const renewed = `${renewSection(old, text, isOwn)}\n`;
    const last = at === blocks.length - 1;
    return blocks.with(at, block(last ? renewed : `${renewed}\n`));
  }
  if (lines.length === 0) return [...blocks];
  const next =
    before === undefined
      ? -1
      : blocks.findIndex((one) => one.level === 2 && one.heading === before);
  if (next >= 0) return blocks.toSpliced(next, 0, block(`${text}\n`));
  const roles = rolesOf(blocks);
  const foreign = blocks.findIndex((one, index) => index > 0 && !roles.has(one));
  if (foreign >= 0) return blocks.toSpliced(foreign, 0, block(`${text}\n`));
  const last = blocks.at(-1);
  const head =
    last === undefined
      ? []
      : blocks.with(blocks.length - 1, { ...last, text: withBlankLine(last.text) });
  return [...head, block(text)];
}

function appendText(blocks: readonly BodyBlock[], text: string): BodyBlock[] {
  const last = blocks.at(-1);
  if (text === '' || last === undefined) return [...blocks];
  return blocks.with(blocks.length - 1, { ...last, text: `${withBlankLine(last.text)}${text}\n` });
}

function trimLast(blocks: readonly BodyBlock[]): BodyBlock[] {
  const last = blocks.at(-1);
  return last === undefined
    ? []
    : blocks.with(blocks.length - 1, { ...last, text: `${last.text.trimEnd()}\n` });
}
