import { linkTarget } from '@openkb/wiki';

import {
  createPagePrompt,
  LINKS_ANSWER,
  linksPrompt,
  PAGE_SCHEMA,
  updatePagePrompt,
} from '../../prompts/page.ts';
import { type Answer, ask } from '../ask/ask.ts';
import { inOrder } from '../ask/in-order.ts';
import { readPageReply, type WrittenPage } from '../ask/page-reply.ts';
import { isTooLong, reasonOf } from '../ask/port-error.ts';
import type { CompilationContext } from '../compilation-context.ts';
import type { ModelMessage } from '../model-port.ts';
import { keptText } from '../page/kept-parts.ts';
import { type OldPage, readOldPage } from '../page/old-page.ts';
import { RELATED_DOCUMENTS, summaryTarget } from '../page/topic-page.ts';
import type { PlannedPage } from '../plan/planned-page.ts';
import { summarisedMessages } from './summary.ts';

export interface PageResult {
  readonly page: PlannedPage;
  readonly old?: OldPage;
  /** Absent for a page that was not begun, because another had failed. */
  readonly answer?: Answer<WrittenPage>;
}

export interface LinkablePage {
  readonly path: string;
  readonly title: string;
}

/** The beginning of every request of passes 3 and 4: rules, document, summary, what may be linked. */
export function linkedMessages(
  context: CompilationContext,
  summary: WrittenPage,
  linkable: readonly LinkablePage[],
): readonly ModelMessage[] {
  const pages = linkable.map(({ path, title }) => ({ target: linkTarget(path), title }));
  return [
    ...summarisedMessages(context, summary),
    { role: 'user', content: linksPrompt(pages), cache: true },
    { role: 'assistant', content: LINKS_ANSWER },
  ];
}

/** Pass 3: the pages to create and update, several at a time, in the order of the plan. */
export async function pagesPass(
  context: CompilationContext,
  planned: readonly PlannedPage[],
  prefix: readonly ModelMessage[],
): Promise<PageResult[]> {
  const { session } = context;
  const { concurrency, allowPartial } = session.settings;
  let portFailed = false;
  const results = await inOrder(
    planned,
    concurrency,
    async (page, index): Promise<PageResult> => {
      const old = oldPage(context, page);
      const step = {
        pass: 'page' as const,
        page: page.path,
        number: index + 1,
        of: planned.length,
      };
      const answer = await askForPage(context, { page, old, prefix, step });
      if ('failure' in answer && answer.failure.cause !== undefined) portFailed = true;
      return { page, answer, ...(old === undefined ? {} : { old }) };
    },
    // a provider that fails after all retries is not asked for more, unless what there is will be kept
    () => portFailed && !allowPartial,
  );
  return results.map((result, index) => result ?? { page: planned[index] as PlannedPage });
}

function oldPage({ wiki }: CompilationContext, { path }: PlannedPage): OldPage | undefined {
  const text = wiki.view.read(path);
  return text === undefined ? undefined : readOldPage(text, [RELATED_DOCUMENTS]);
}

interface PageQuestion {
  readonly page: PlannedPage;
  readonly old: OldPage | undefined;
  readonly prefix: readonly ModelMessage[];
  readonly step: Parameters<typeof ask>[1]['step'];
}

async function askForPage(
  context: CompilationContext,
  { page, old, prefix, step }: PageQuestion,
): Promise<Answer<WrittenPage>> {
  const { session, input, wiki, last } = context;
  const documents = wiki.page(page.path)?.documents ?? [];
  const compiledBefore = documents.includes(input.name);
  const facts = {
    target: linkTarget(page.path),
    title: page.title,
    kind: page.kind,
    type: page.entityType,
    about: page.about,
    passages: context.shown.passages([page.title, ...page.aliases, page.about].join(' ')),
    summary: summaryTarget(input.name),
  };
  const content =
    old === undefined
      ? createPagePrompt(facts)
      : updatePagePrompt(facts, {
          text: old.own || 'Nothing yet but what persons wrote.',
          byPersons: old.kept.map(keptText),
          compiledBefore,
        });
  // a document may take back all that a page says, if nothing else supports it
  const alone = compiledBefore && documents.length === 1;
  const rules = { prompt: content, replaced: old?.own ?? '', share: alone ? 0.1 : 0.5 };
  try {
    return await ask(session, {
      step,
      messages: [...prefix, { role: 'user', content }],
      schema: PAGE_SCHEMA,
      read: (object) => readPageReply(object, rules),
    });
  } catch (error) {
    if (!last || !isTooLong(error)) throw error;
    session.tell({ ...step, state: 'failed', reason: reasonOf(error) });
    return { failure: { reason: reasonOf(error), cause: error } };
  }
}
