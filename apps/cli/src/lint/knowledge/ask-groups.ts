import { linkTarget, splitFrontMatter } from '@openkb/wiki';

import { wikiPath } from '../../knowledge-base/layout.ts';
import type { KnowledgeBase, LockContext } from '../../knowledge-base/open.ts';
import type { PageGroup } from './groups.ts';
import { question, type ShownPage } from './question.ts';
import { readAnswer, type ReadAnswer } from './read-answer.ts';

/** Characters of one page that are shown. */
const MOST_OF_PAGE = 8000;

/** What compilers note for themselves is nothing that a page says. */
const COMMENT = /<!--[\s\S]*?-->\n?/g;

export interface Asking {
  readonly kb: KnowledgeBase;
  readonly context: LockContext;
  readonly language: string;
  readonly concurrency: number;
  readonly generate: (
    request: ReturnType<typeof question>,
  ) => Promise<{ readonly object?: unknown }>;
}

export interface Answers {
  /** In the order of the groups; `undefined` for an answer that is none. */
  readonly answers: readonly (ReadAnswer | undefined)[];
  readonly asked: number;
  /** What would fail every further question too. */
  readonly stopped?: unknown;
}

/** Asks about each group, some at a time, until all are answered, the signal comes, or an error that ends all. */
export async function askGroups(groups: readonly PageGroup[], asking: Asking): Promise<Answers> {
  const { kb, context, language, generate } = asking;
  const answers: (ReadAnswer | undefined)[] = [];
  let asked = 0;
  let stopped: { readonly error: unknown } | undefined;
  let next = 0;
  const askOne = async (number: number, group: PageGroup): Promise<void> => {
    const step = { type: 'step', step: 'check', group: number + 1, of: groups.length };
    const path = group[0] ?? '';
    context.reporter.step(step, { text: `[${number + 1}/${groups.length}] checking`, path });
    const pages = shownPages(kb, group);
    const { object } = await generate(question(pages, language));
    asked += 1;
    answers[number] = readAnswer(object, pages);
  };
  const worker = async (): Promise<void> => {
    while (next < groups.length && stopped === undefined && !context.signal.aborted) {
      const number = next;
      next += 1;
      try {
        // oxlint-disable-next-line no-await-in-loop -- one after the other is what a worker does
        await askOne(number, groups[number] ?? []);
      } catch (error) {
        if (endsAll(error)) stopped ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(asking.concurrency, groups.length) }, worker));
  return {
    answers: groups.map((_, n) => answers[n]),
    asked,
    ...(stopped && { stopped: stopped.error }),
  };
}

/** An answer that is none fails its group; a key, a quota, a limit or the network fails them all. */
function endsAll(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code !== 'bad-answer' && code !== 'context-too-long';
}

/** The pages as they are now; one that is gone is left out. */
export function shownPages(kb: KnowledgeBase, group: PageGroup): ShownPage[] {
  return group.flatMap((path) => {
    const bytes = kb.files.has(wikiPath(path)) ? kb.files.bytes(wikiPath(path)) : undefined;
    if (bytes === undefined) return [];
    const { body } = splitFrontMatter(new TextDecoder().decode(bytes));
    const text = body.replace(COMMENT, '').slice(0, MOST_OF_PAGE);
    return [{ target: linkTarget(path), text }];
  });
}
