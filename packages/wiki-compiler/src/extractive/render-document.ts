/** One document's contributions written into the pages of a draft. */
import { pagePath } from '@openkb/wiki';

import type { CompilerOptions } from '../compilation.ts';
import { MENTION } from './aboutness.ts';
import type { DocumentAnalysis } from './analyse-document.ts';
import { capitalised, configuredType } from './entity-types.ts';
import { labelsOf } from './labels.ts';
import type { Contribution } from './pages/contribution.ts';
import { splitBody } from './pages/page-body.ts';
import { linkSummaryPage } from './pages/summary-page.ts';
import { type TopicPageContext, putContribution, takeContribution } from './pages/topic-page.ts';
import { quotationsOf } from './quotations.ts';
import { relatedTopics } from './related.ts';
import type { Topic } from './shapes.ts';
import type { Draft } from './wiki/draft.ts';
import type { Placement } from './wiki/placement.ts';

export interface RenderedDocument {
  readonly name: string;
  readonly title: string;
  readonly analysis: DocumentAnalysis;
  readonly placement: Placement;
  /** Topics that the document asks a page for. */
  readonly chosen: ReadonlySet<Topic>;
}

/** Puts the document's section into each page of its placement. */
export function renderContributions(
  document: RenderedDocument,
  draft: Draft,
  options: CompilerOptions,
): void {
  const { name, placement, analysis } = document;
  const related = relatedTopics([...placement.values()], analysis.text);
  const paths = new Map([...placement].map(([path, topic]) => [topic, path]));
  for (const [path, topic] of placement) {
    const page = draft.page(path);
    const text = draft.read(path);
    const context = pageContext(page?.kind ?? topic.kind, options);
    const links = (related.get(topic) ?? []).flatMap((other) => {
      const target = paths.get(other);
      return target === undefined ? [] : [{ path: target, title: other.title }];
    });
    const asked = document.chosen.has(topic) || hadAsked(text, name);
    draft.write(
      path,
      context.kind,
      putContribution(text, contribution(document, topic, asked, links), context),
    );
  }
}

/**
 * Takes a document out of the pages that it has a section on and no place any more; the names of the
 * other documents that had a section on a page that goes with it.
 */
export function withdrawStale(
  { name, placement }: Pick<RenderedDocument, 'name' | 'placement'>,
  draft: Draft,
  options: CompilerOptions,
): Set<string> {
  const affected = new Set<string>();
  for (const page of draft.pages) {
    if (placement.has(page.path) || !page.documents.includes(name)) continue;
    for (const other of withdraw(page.path, page.kind, name, draft, options)) affected.add(other);
  }
  affected.delete(name);
  return affected;
}

/** Renews the links of the document's summary page, if this compiler made it. */
export function renderSummaryLinks(
  document: RenderedDocument,
  draft: Draft,
  { language }: CompilerOptions,
): void {
  const { placement, analysis } = document;
  const path = pagePath('summaries', document.name);
  const text = draft.read(path);
  if (text === undefined) return;
  draft.write(
    path,
    'summary',
    linkSummaryPage(text, placement, analysis.profile, labelsOf(language)),
  );
}

/** Takes a document's section out of one page; when nothing else supports the page it goes, and its documents are returned. */
function withdraw(
  path: string,
  kind: 'concept' | 'entity',
  name: string,
  draft: Draft,
  options: CompilerOptions,
): string[] {
  const text = draft.read(path);
  if (text?.includes(recordMark(name)) !== true) return [];
  const documents = contributionRecords(text).map(({ document }) => document);
  if (!documents.includes(name)) return [];
  const rest = takeContribution(text, name, pageContext(kind, options));
  if (rest !== undefined) {
    draft.write(path, kind, rest);
    return [];
  }
  draft.remove(path);
  return documents;
}

/** Records of all contributions on a page. */
export function contributionRecords(text: string) {
  return splitBody(text).flatMap((one) => one.contribution?.record ?? []);
}

export function pageContext(
  kind: 'concept' | 'entity',
  options: CompilerOptions,
): TopicPageContext {
  return {
    kind,
    labels: labelsOf(options.language),
    typeName: ({ type }) => capitalised(configuredType(type, options.entityTypes)),
  };
}

/** What a page with a section of the document holds: a quick look before it is read. */
function recordMark(name: string): string {
  return `{"document":${JSON.stringify(name)}`.replace(/-(?=-)/g, '\\u002d');
}

function hadAsked(text: string | undefined, name: string): boolean {
  if (text?.includes(recordMark(name)) !== true) return false;
  return contributionRecords(text).some((one) => one.document === name && one.chosen === true);
}

function contribution(
  { name, title, analysis }: RenderedDocument,
  topic: Topic,
  chosen: boolean,
  related: Contribution['related'],
): Contribution {
  const { quotations, definition, about } = quotationsOf(topic, analysis);
  return {
    record: {
      document: name,
      title: topic.title,
      ...(topic.aliases.length === 0 ? {} : { aliases: topic.aliases }),
      ...(topic.entityType === undefined ? {} : { type: topic.entityType }),
      ...(topic.confidence === undefined ? {} : { confidence: topic.confidence }),
      mentions: topic.mentions,
      ...(chosen ? { chosen } : {}),
      ...(definition > 0 ? { definition } : {}),
      ...(definition > 0 || about === MENTION || quotations.length === 0 ? {} : { about }),
    },
    documentTitle: title,
    quotations,
    related,
  };
}
