/**
 * A concept or entity page with one document's contribution put in, or taken out. Of a page that this
 * compiler made, title, type, aliases and description follow from its contributions, unless a person
 * has changed them; of any other page nothing is touched but the document's own section, its entry
 * in `sources` and its line under Related Documents.
 */
import {
  pagePath,
  readFrontMatter,
  splitFrontMatter,
  updateFrontMatter,
  writeFrontMatter,
} from '@openkb/wiki';

import type { Labels } from '../labels.ts';
import { compareText } from '../text/keys.ts';
import {
  type Contribution,
  type ReadContribution,
  documentLink,
  foreignContributionText,
  ownContributionLines,
  renderContribution,
} from './contribution.ts';
import { escapeMarkdown } from './escape.ts';
import { renewSection } from './own-lines.ts';
import {
  type BodyBlock,
  block,
  joinBody,
  keptParts,
  splitBody,
  withBlankLine,
} from './page-body.ts';
import { type PageState, stateOf } from './page-state.ts';
import {
  addRelatedDocument,
  foreignRelatedText,
  removeRelatedDocument,
} from './related-documents.ts';

export interface TopicPageContext {
  readonly kind: 'concept' | 'entity';
  readonly labels: Labels;
  /** Maps an entity type to what front matter writes: `Person`. */
  readonly typeName: (state: PageState) => string;
}

/** The page with this contribution in place of the document's earlier one; a new page without `text`. */
export function putContribution(
  text: string | undefined,
  contribution: Contribution,
  context: TopicPageContext,
): string {
  const page = text ?? newPage(contribution, context);
  const { block: front, body } = splitFrontMatter(page);
  const fields = readFrontMatter(front);
  const ours = isOurs(fields);
  const blocks = splitBody(body);
  const name = contribution.record.document;
  const placed = placeSection(blocks, name, renderContribution(contribution, context.labels));
  const link = documentLink(name, contribution.documentTitle);
  const listed = addRelatedDocument(placed, name, link, ours);
  const sources = withSource(sourcesOf(fields), name, ours);
  if (!ours) return updateFrontMatter(front + joinBody(listed), { sources });
  const before = text === undefined ? undefined : stateOf(contributionsOf(blocks));
  return withState({ front, fields, blocks: listed }, sources, before, context);
}

/**
 * The page without a document's contribution, entry in `sources` and line under Related Documents;
 * undefined when nothing else supports it: no document asked for it and no person wrote in it.
 */
export function takeContribution(
  text: string,
  name: string,
  context: TopicPageContext,
): string | undefined {
  const { block: front, body } = splitFrontMatter(text);
  const fields = readFrontMatter(front);
  const ours = isOurs(fields);
  const blocks = splitBody(body);
  const removed = blocks.filter((one) => one.contribution?.record.document === name);
  const kept = removed.flatMap((one) => foreignIn(one) || []);
  let rest = removeRelatedDocument(removeBlocks(blocks, removed), name);
  if (kept.length > 0) rest = appendKept(rest, kept);
  const sources = sourcesOf(fields);
  const remaining = sources.filter((source) => source !== pagePath('summaries', name));
  const page = front + joinBody(rest);
  if (page === text && remaining.length === sources.length) return text;
  if (kept.length === 0 && !isSupported(rest, remaining, ours, fields)) return undefined;
  if (ours)
    return withState(
      { front, fields, blocks: rest },
      remaining,
      stateOf(contributionsOf(blocks)),
      context,
    );
  return remaining.length === sources.length
    ? page
    : updateFrontMatter(page, { sources: remaining });
}

/** Whether front matter says that this compiler made the page. */
export function isOurs(fields: Readonly<Record<string, unknown>>): boolean {
  return fields['compiled_by'] === 'extractive';
}

export function sourcesOf(fields: Readonly<Record<string, unknown>>): string[] {
  const sources = fields['sources'];
  const list =
    typeof sources === 'string' ? [sources] : Array.isArray(sources) ? (sources as unknown[]) : [];
  return list.filter((source): source is string => typeof source === 'string');
}

function newPage(contribution: Contribution, { kind }: TopicPageContext): string {
  const front = writeFrontMatter({
    type: kind === 'concept' ? 'Concept' : 'Other',
    title: contribution.record.title,
    sources: [],
    description: '',
    compiled_by: 'extractive',
  });
  return `${front}\n# ${escapeMarkdown(contribution.record.title)}\n\n## Related Documents\n\n`;
}

/** Sections stand in the order of their documents' names, before Related Documents. */
function placeSection(blocks: readonly BodyBlock[], name: string, rendered: string): BodyBlock[] {
  const at = blocks.findIndex((one) => one.contribution?.record.document === name);
  if (at >= 0) {
    const old = blocks[at]?.text ?? '';
    const read = blocks[at]?.contribution;
    const text = read ? renewSection(old, rendered, ownContributionLines(read)) : rendered;
    const last = at === blocks.length - 1;
    return blocks.with(at, block(last ? `${text}\n` : withBlankLine(text)));
  }
  const place = insertionPoint(blocks, name);
  if (place < blocks.length) return blocks.toSpliced(place, 0, block(withBlankLine(rendered)));
  const before = joinBody(blocks);
  const gap = before === '' || /\n\r?\n$/.test(before) ? '' : before.endsWith('\n') ? '\n' : '\n\n';
  const previous = blocks.at(-1);
  const head =
    previous === undefined
      ? []
      : [...blocks.slice(0, -1), { ...previous, text: previous.text + gap }];
  return [...head, block(`${rendered}\n`)];
}

function insertionPoint(blocks: readonly BodyBlock[], name: string): number {
  const later = blocks.findIndex(
    (one) =>
      one.contribution !== undefined && compareText(one.contribution.record.document, name) > 0,
  );
  if (later >= 0) return later;
  const last = blocks.findLastIndex((one) => one.contribution !== undefined);
  if (last >= 0) {
    // what a person wrote under a section stays with it
    let next = last + 1;
    while (next < blocks.length && (blocks[next]?.level ?? 0) > 2) next += 1;
    return next;
  }
  const related = blocks.findIndex(isRelatedDocuments);
  return related >= 0 ? related : blocks.length;
}

export function isRelatedDocuments(one: BodyBlock): boolean {
  return one.level === 2 && /^related documents$/i.test(one.heading);
}

function removeBlocks(blocks: readonly BodyBlock[], removed: readonly BodyBlock[]): BodyBlock[] {
  const rest = blocks.filter((one) => !removed.includes(one));
  const last = rest.at(-1);
  const wasLast = removed.includes(blocks.at(-1) as BodyBlock);
  if (last === undefined || !wasLast) return rest;
  return [...rest.slice(0, -1), { ...last, text: `${last.text.replace(/\s+$/, '')}\n` }];
}

function appendKept(blocks: readonly BodyBlock[], kept: readonly string[]): BodyBlock[] {
  const last = blocks.at(-1);
  if (last === undefined) return [block(`${kept.join('\n\n')}\n`)];
  return [
    ...blocks.slice(0, -1),
    { ...last, text: `${withBlankLine(last.text)}${kept.join('\n\n')}\n` },
  ];
}

function withSource(sources: readonly string[], name: string, ours: boolean): string[] {
  const source = pagePath('summaries', name);
  if (sources.includes(source)) return [...sources];
  const added = [...sources, source];
  return ours ? added.toSorted(compareText) : added;
}

function contributionsOf(blocks: readonly BodyBlock[]): ReadContribution[] {
  return blocks.flatMap((one) => one.contribution ?? []);
}

function isSupported(
  blocks: readonly BodyBlock[],
  sources: readonly string[],
  ours: boolean,
  fields: Readonly<Record<string, unknown>>,
): boolean {
  if (keptParts(joinBody(blocks)).length > 0) return true;
  if (!ours) return sources.length > 0 || sourcesOf(fields).length === 0;
  const contributions = contributionsOf(blocks);
  if (contributions.some(({ record }) => record.chosen === true)) return true;
  return blocks.some((one) => isForeign(one, fields));
}

/** A block that neither is a contribution nor the frame of the page: somebody wrote it. */
function isForeign(one: BodyBlock, fields: Readonly<Record<string, unknown>>): boolean {
  if (one.contribution !== undefined || isRelatedDocuments(one)) return foreignIn(one) !== '';
  if (one.level !== 1) return one.text.trim() !== '';
  const body = one.text.split('\n').slice(1).join('\n').trim();
  const description = typeof fields['description'] === 'string' ? fields['description'] : '';
  return body !== '' && body !== escapeMarkdown(description);
}

/** What a person wrote into a block of the compiler's. */
function foreignIn(one: BodyBlock): string {
  if (one.contribution !== undefined) return foreignContributionText(one.text, one.contribution);
  return foreignRelatedText(one);
}

interface ParsedPage {
  readonly front: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly blocks: readonly BodyBlock[];
}

/** Renews title, type, aliases and description; each only where it still says what the compiler wrote. */
function withState(
  { front, fields, blocks }: ParsedPage,
  sources: readonly string[],
  before: PageState | undefined,
  context: TopicPageContext,
): string {
  const state = stateOf(contributionsOf(blocks));
  if (state === undefined) return updateFrontMatter(front + joinBody(blocks), { sources });
  const untouched = (key: string, value: unknown) =>
    before === undefined || JSON.stringify(fields[key]) === JSON.stringify(value);
  const changes: Record<string, unknown> = { sources };
  if (untouched('title', before?.title)) changes['title'] = state.title;
  if (context.kind === 'entity' && untouched('type', before && context.typeName(before)))
    changes['type'] = context.typeName(state);
  if (untouched('description', before?.description)) changes['description'] = state.description;
  const aliases = before?.aliases.length === 0 ? undefined : before?.aliases;
  if (untouched('aliases', aliases))
    changes['aliases'] = state.aliases.length === 0 ? undefined : [...state.aliases];
  const title = blocks.findIndex((one) => one.level === 1);
  const head = blocks.map((one, at) => (at === title ? renewHead(one, before, state) : one));
  return ordered(updateFrontMatter(front, changes)) + joinBody(head);
}

/** The heading and the description under it, each replaced only where it is the one that was written before. */
function renewHead(one: BodyBlock, before: PageState | undefined, state: PageState): BodyBlock {
  const end = one.text.indexOf('\n');
  const first = end < 0 ? one.text : one.text.slice(0, end);
  const rest = (end < 0 ? '' : one.text.slice(end + 1)).trimStart();
  const ours = before === undefined || first === `# ${escapeMarkdown(before.title)}`;
  const heading = ours ? `# ${escapeMarkdown(state.title)}` : first;
  const old = escapeMarkdown(before?.description ?? '');
  const paragraph = state.description === '' ? '' : `${escapeMarkdown(state.description)}\n\n`;
  if (!rest.startsWith(old)) {
    const lines = one.text.slice(end + 1).split('\n');
    const at = lines.indexOf(old);
    const renewed = at < 0 ? lines : lines.with(at, escapeMarkdown(state.description));
    return block(`${heading}\n${renewed.join('\n')}`);
  }
  return block(`${heading}\n\n${paragraph}${rest.slice(old.length).trimStart()}`);
}

/** `aliases` come and go; the order of our fields does not depend on when they came. */
function ordered(front: string): string {
  const fields = readFrontMatter(front);
  const keys = Object.keys(fields);
  const known = ORDER.filter((key) => keys.includes(key));
  const present = keys.filter((key) => ORDER.includes(key));
  if (known.join() === present.join()) return front;
  const rest = keys.filter((key) => !ORDER.includes(key));
  return writeFrontMatter(Object.fromEntries([...known, ...rest].map((key) => [key, fields[key]])));
}

const ORDER = ['type', 'title', 'sources', 'description', 'aliases', 'compiled_by'];
