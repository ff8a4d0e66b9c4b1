import { pagePath } from '@openkb/wiki';

import { WITHDRAW_SCHEMA, withdrawPrompt } from '../../prompts/withdraw.ts';
import { ask } from '../ask/ask.ts';
import { inOrder } from '../ask/in-order.ts';
import { readPageReply } from '../ask/page-reply.ts';
import { isTooLong } from '../ask/port-error.ts';
import { systemMessage } from '../compilation-context.ts';
import { holdsAddress } from '../page/addresses.ts';
import { cleanContent } from '../page/clean-content.ts';
import { type OldPage, readOldPage } from '../page/old-page.ts';
import { settleLinks } from '../page/settle-links.ts';
import { documentsOf } from '../page/sources.ts';
import { RELATED_DOCUMENTS, summaryTarget, writeTopicPage } from '../page/topic-page.ts';
import type { RemoveOptions } from '../result.ts';
import type { Session } from '../session.ts';
import type { WikiState } from '../wiki-state.ts';

export interface WithdrawalWork {
  readonly wiki: WikiState;
  readonly options: RemoveOptions;
  /** Path -> text without links to the document; rewritten pages are put here. */
  readonly texts: Map<string, string>;
  readonly removals: ReadonlySet<string>;
  /** Pages that may state what the document said. */
  readonly paths: readonly string[];
}

/** Writes pages again without the claims of a document; returns those that the model could not. */
export async function rewriteWithout(session: Session, work: WithdrawalWork): Promise<string[]> {
  const { paths, texts } = work;
  const results = await inOrder(paths, session.settings.concurrency, (path, index) =>
    rewritePage(session, work, { path, number: index + 1 }),
  );
  return paths.filter((path, index) => {
    const text = results[index];
    if (text !== undefined) texts.set(path, text);
    return text === undefined;
  });
}

/** A page may lose what it had from the document, but hardly all. */
const SHARE = 0.25;

async function rewritePage(
  session: Session,
  { wiki, options, texts, removals, paths }: WithdrawalWork,
  { path, number }: { readonly path: string; readonly number: number },
): Promise<string | undefined> {
  const old = readOldPage(texts.get(path) ?? '', [RELATED_DOCUMENTS]);
  const summary = wiki.view.read(pagePath('summaries', session.document)) ?? '';
  const page = wiki.page(path);
  const title = page?.title ?? '';
  const remaining = documentsOf(old.fields['sources']).map(summaryTarget);
  const prompt = withdrawPrompt({ title, text: old.own, summary, remaining });
  try {
    const answer = await ask(session, {
      step: { pass: 'withdraw', page: path, number, of: paths.length },
      messages: [systemMessage(wiki.view, options), { role: 'user', content: prompt }],
      schema: WITHDRAW_SCHEMA,
      read: (object) => readPageReply(object, { prompt, replaced: old.own, share: SHARE }),
    });
    if ('failure' in answer || page === undefined) return undefined;
    const { description, content } = answer.value;
    const clean = cleanContent(content, {
      title,
      lists: [RELATED_DOCUMENTS],
      knowsAddress: (address) => holdsAddress(old.text, address),
    });
    const resolve = wiki.resolveAfter(
      [],
      new Set([...removals, pagePath('summaries', session.document)]),
    );
    const titleOf = (target: string) => wiki.titleOf(target);
    const written = {
      description: description || old.description,
      content: settleLinks(clean, { self: path, resolve, titleOf }),
    };
    return writeWithout(old, written, { ...page, sources: old.fields['sources'], session });
  } catch (error) {
    if (!isTooLong(error)) throw error;
    return undefined;
  }
}

function writeWithout(
  old: OldPage,
  written: { readonly description: string; readonly content: string },
  page: {
    readonly kind: 'concept' | 'entity';
    readonly title: string;
    readonly sources: unknown;
    readonly session: Session;
  },
): string {
  return writeTopicPage(old, written, {
    kind: page.kind,
    title: page.title,
    aliases: [],
    sources: Array.isArray(page.sources) ? (page.sources as unknown[]) : [],
    compiledBy: page.session.settings.model.name,
  });
}
