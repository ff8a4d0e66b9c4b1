/** Contradictions, gaps and redundancy, as a model sees them: a bounded number of groups of related pages. */
import type { WikiFacts } from '@openkb/wiki';

import { interruption } from '../../errors.ts';
import { exitCodes, type ExitCode } from '../../exit-codes.ts';
import { explain } from '../../explain.ts';
import type { KnowledgeBase, LockContext } from '../../knowledge-base/open.ts';
import { noteSpending } from '../../model/ledger.ts';
import type { OpenModel } from '../../model/open-model.ts';
import { documentReplies } from '../../model/reply-store.ts';
import { cost, tokens } from '../../report/spending.ts';
import { count } from '../../report/words.ts';
import type { Services } from '../../services.ts';
import { askGroups, shownPages } from './ask-groups.ts';
import { groupPages, type PageGroup } from './groups.ts';
import { question } from './question.ts';
import type { KnowledgeFinding } from './read-answer.ts';

/** Tokens of an answer, for the estimate. */
const ANSWER = 300;

export interface KnowledgeRun {
  readonly services: Services;
  readonly kb: KnowledgeBase;
  readonly context: LockContext;
  readonly opened: OpenModel;
  /** At most so many groups are asked about. */
  readonly groups: number;
}

export interface Knowledge {
  /** `provider/model`. */
  readonly model: string;
  /** Groups of related pages, and how many of them were asked about. */
  readonly groups: number;
  readonly asked: number;
  readonly findings: readonly KnowledgeFinding[];
  /** Findings that quoted what no page says. */
  readonly dropped: number;
  /** What ended it early. */
  readonly stopped?: Stopped;
}

export interface Stopped {
  readonly message: string;
  readonly hint?: string;
  readonly exitCode: ExitCode;
}

/**
 * Asks without any lock: pages may change meanwhile, and are read when their turn comes.
 *
 * @throws {CliError} `interrupted`; what was answered until then is kept for the next time
 */
export async function checkKnowledge(run: KnowledgeRun, wiki: WikiFacts): Promise<Knowledge> {
  const { services, kb, context, opened } = run;
  const { signal } = context;
  const all = groupPages(wiki);
  const chosen = all.slice(0, run.groups);
  const { language, concurrency } = kb.config();
  const { withReplyCache } = await import('@openkb/language-model');
  const replies = documentReplies(kb, services);
  const model = withReplyCache(opened.model, replies);
  announce(run, chosen, language);
  const generate = (request: ReturnType<typeof question>) => model.generate({ ...request, signal });
  const { answers, asked, stopped } = await askGroups(chosen, {
    kb,
    context,
    language,
    concurrency,
    generate,
  });
  const isDone = stopped === undefined && !signal.aborted;
  const at = services.clock().toISOString();
  const outcome = isDone ? 'committed' : 'failed';
  const entry = { at, command: 'lint', subject: 'wiki', model: opened.name, outcome };
  noteSpending(kb, entry, opened.model.spent());
  if (signal.aborted) throw interruption(signal);
  if (isDone) replies.forget();
  return {
    model: opened.name,
    groups: all.length,
    asked,
    findings: distinct(answers.flatMap((answer) => answer?.findings ?? [])),
    dropped: answers.reduce((sum, answer) => sum + (answer?.dropped ?? 0), 0),
    ...(stopped !== undefined && { stopped: stoppedBy(stopped) }),
  };
}

export function stoppedBy(error: unknown): Stopped {
  const { message, hint, exitCode } = explain(error);
  return { message, ...(hint !== undefined && { hint }), exitCode: exitCode || exitCodes.failed };
}

function announce(
  { kb, context, opened }: KnowledgeRun,
  groups: readonly PageGroup[],
  language: string,
): void {
  const { model, prices, name } = opened;
  const inputTokens = groups
    .flatMap((group) => question(shownPages(kb, group), language).messages)
    .reduce((sum, { content }) => sum + model.estimateTokens(content), 0);
  const dollars = prices.costOf(name, { inputTokens, outputTokens: groups.length * ANSWER });
  const price = dollars === undefined ? 'at an unknown cost' : `at about ${cost(dollars)}`;
  const what = `${count(groups.length, 'group')} of pages, ${tokens(inputTokens)} tokens`;
  context.reporter.note(`asking ${name} about ${what}, ${price}`);
}

/** Groups overlap: the same pair of pages may be found twice. */
function distinct(findings: readonly KnowledgeFinding[]): KnowledgeFinding[] {
  return [...new Map(findings.toReversed().map((one) => [keyOf(one), one])).values()].toReversed();
}

const keyOf = ({ kind, statements }: KnowledgeFinding): string =>
  [kind, ...statements.map(({ page, quote }) => `${page} ${quote}`).toSorted()].join('\n');
