import { firstSentence, type WrittenPage } from './ask/page-reply.ts';
/** Pass 5, without the model: from accepted answers to the texts of all pages. */
import type { CompilationContext } from './compilation-context.ts';
import { holdsAddress } from './page/addresses.ts';
import { cleanContent } from './page/clean-content.ts';
import { addCrossReference } from './page/cross-reference.ts';
import { shownTitle } from './page/link-words.ts';
import { type OldPage, readOldPage } from './page/old-page.ts';
import { settleLinks } from './page/settle-links.ts';
import { withSource } from './page/sources.ts';
import { type ListedTopic, SUMMARY_LISTS, writeSummaryPage } from './page/summary-page.ts';
import { RELATED_DOCUMENTS, writeTopicPage } from './page/topic-page.ts';
import type { Leftovers } from './passes/leftovers.ts';
import type { PlannedPage } from './plan/planned-page.ts';

/** A page with its accepted text. */
export interface AcceptedPage {
  readonly page: PlannedPage;
  readonly old?: OldPage | undefined;
  readonly written: WrittenPage;
}

export interface Accepted {
  /** Absent where the summary page of the wiki stands. */
  readonly summary?: WrittenPage;
  readonly pages: readonly AcceptedPage[];
  readonly related: readonly PlannedPage[];
  readonly leftovers: Leftovers;
}

/** Path -> text of every page that the document writes. */
export function writePages(context: CompilationContext, accepted: Accepted): Map<string, string> {
  const { wiki, input, session, summaryPath } = context;
  const { pages, related, leftovers } = accepted;
  const texts = new Map(leftovers.withdrawn);
  const settle = settler(context, accepted);
  for (const { page, old, written } of pages) {
    const known = old?.text ?? '';
    const settled = settle(page, written, { lists: [RELATED_DOCUMENTS], known });
    texts.set(
      page.path,
      writeTopicPage(old, settled, {
        kind: page.kind,
        title: page.title,
        entityType: page.entityType,
        aliases: page.aliases,
        document: { name: input.name, title: input.title },
        sources: withSource(old?.fields['sources'], input.name),
        compiledBy: session.settings.model.name,
      }),
    );
  }
  for (const { path } of related) {
    const text = wiki.view.read(path);
    if (text !== undefined) texts.set(path, addCrossReference(text, input.name));
  }
  texts.set(summaryPath, summaryText(context, accepted, settle));
  return texts;
}

type Settle = (
  page: { readonly path: string; readonly title: string },
  written: WrittenPage,
  material: { readonly lists: readonly string[]; readonly known: string },
) => WrittenPage;

function settler(context: CompilationContext, { pages, leftovers }: Accepted): Settle {
  const { wiki, input, summaryPath } = context;
  const gone = new Set(leftovers.removals);
  const added = [summaryPath, ...pages.map(({ page }) => page.path)];
  const resolve = wiki.resolveAfter(added, gone);
  const titles = new Map(pages.map(({ page }) => [page.path, page.title]));
  const titleOf = (path: string): string | undefined =>
    path === summaryPath ? input.title : (titles.get(path) ?? wiki.titleOf(path));
  const texts = [input.markdown, ...(input.pages ?? []).map(({ text }) => text)];
  return ({ path, title }, { description, content }, { lists, known }) => {
    const knowsAddress = (address: string) =>
      [known, ...texts].some((text) => holdsAddress(text, address));
    const clean = cleanContent(content, { title, lists, knowsAddress });
    const settled = settleLinks(clean, { self: path, resolve, titleOf });
    return {
      description: description === '' ? firstSentence(settled) : description,
      content: settled,
    };
  };
}

function summaryText(context: CompilationContext, accepted: Accepted, settle: Settle): string {
  const { wiki, input, session, summaryPath, shown } = context;
  const text = wiki.view.read(summaryPath);
  const old = text === undefined ? undefined : readOldPage(text, SUMMARY_LISTS);
  const topics = topicsOf(context, accepted);
  const gone = new Set(accepted.leftovers.removals);
  const exists = wiki.resolveAfter(
    topics.map(({ path }) => path),
    gone,
  );
  const place = { path: summaryPath, title: input.title };
  const standing = {
    description: old?.description ?? '',
    content: old?.own ?? '',
  };
  const known = old?.text ?? '';
  const written = settle(place, accepted.summary ?? standing, { lists: SUMMARY_LISTS, known });
  return writeSummaryPage(old, written, {
    input,
    compiledBy: session.settings.model.name,
    topics,
    outline: shown.outline,
    exists: (target) => exists(target) !== undefined,
  });
}

/** The pages that have the document as a source, by path. */
function topicsOf({ wiki, input }: CompilationContext, accepted: Accepted): ListedTopic[] {
  const { pages, related, leftovers } = accepted;
  const topics = new Map<string, ListedTopic>();
  for (const { path, title } of [...pages.map(({ page }) => page), ...related])
    topics.set(path, { path, title: wiki.titleOf(path) ?? title });
  const gone = new Set([...leftovers.removals, ...leftovers.withdrawn.keys()]);
  for (const { path, title } of wiki.supportedBy(input.name))
    if (!gone.has(path) && !topics.has(path))
      topics.set(path, { path, title: shownTitle(path, title) });
  return [...topics.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
