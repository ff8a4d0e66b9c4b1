/** Taking a document out of the wiki: its sections go, and what only it supported. */
import { readFrontMatter } from '@openkb/wiki';

import type { Compilation, CompilationMessage, CompilerOptions, WikiView } from '../compilation.ts';
import { analyseDocument } from './analyse-document.ts';
import { collectChanges } from './collect-changes.ts';
import { takeContribution } from './pages/topic-page.ts';
import {
  contributionRecords,
  pageContext,
  renderContributions,
  renderSummaryLinks,
  withdrawStale,
} from './render-document.ts';
import type { Topic } from './shapes.ts';
import type { Breathe } from './steps.ts';
import { compareText } from './text/keys.ts';
import { Draft } from './wiki/draft.ts';
import { placeTopics } from './wiki/placement.ts';
import { storedSource } from './wiki/stored-text.ts';

const NONE: ReadonlySet<Topic> = new Set();

/**
 * One page without a document: its section, its entry in `sources`, its line under Related Documents.
 * `undefined` when nothing else supports the page: no other document asked for it and no person wrote
 * in it. A page that does not name the document is returned as it is.
 */
export function removeDocumentFromPage(
  path: string,
  text: string,
  documentName: string,
): string | undefined {
  const kind = path.startsWith('entities/') ? 'entity' : 'concept';
  const written = readFrontMatter(text)['type'];
  // the page's own type stands for the configuration: it says what the types are called
  const entityTypes = typeof written === 'string' ? [written.toLowerCase()] : [];
  const options = { language: 'en', entityTypes: [...TYPES, ...entityTypes] };
  return takeContribution(text, documentName, pageContext(kind, options));
}

const TYPES = ['person', 'organization', 'place', 'product', 'work', 'event', 'other'];

/** All pages without the document, and the other documents' sections and lists without the pages that go. */
export async function removeDocument(
  name: string,
  wiki: WikiView,
  options: CompilerOptions,
  breathe: Breathe,
): Promise<Compilation> {
  const draft = new Draft(wiki);
  const messages: CompilationMessage[] = [];
  const affected = new Set<string>();
  for (const page of draft.pages) {
    if (!page.documents.includes(name)) continue;
    const text = draft.read(page.path);
    if (text === undefined) continue;
    const rest = takeContribution(text, name, pageContext(page.kind, options));
    if (rest !== undefined) draft.write(page.path, page.kind, rest);
    else {
      for (const { document } of contributionRecords(text)) affected.add(document);
      draft.remove(page.path);
    }
  }
  affected.delete(name);
  for (const document of draft.documents.toSorted((a, b) => compareText(a.name, b.name))) {
    if (!affected.has(document.name)) continue;
    const source = storedSource(document, wiki);
    if (source === undefined) {
      messages.push({
        level: 'warning',
        code: 'stored-text-missing',
        text: `Links in the summary of "${document.name}" may lead to removed pages: "${document.fullText}" is missing or unreadable.`,
      });
      continue;
    }
    // oxlint-disable-next-line no-await-in-loop -- one document in memory after the other
    const analysis = await analyseDocument(source, breathe);
    const placement = placeTopics(analysis, NONE, draft);
    const rendered = {
      name: document.name,
      title: document.title,
      analysis,
      placement,
      chosen: NONE,
    };
    withdrawStale(rendered, draft, options);
    renderContributions(rendered, draft, options);
    renderSummaryLinks(rendered, draft, options);
  }
  return collectChanges(draft, options, messages);
}
