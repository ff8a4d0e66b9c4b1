/** `query` with a model: look, ask, check, show, save, note what it cost. */
import type { ConversationResult, Spending } from '@openkb/language-model';

import type { Context } from '../command.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import type { KnowledgeBase } from '../knowledge-base/open.ts';
import { noteSpending } from '../model/ledger.ts';
import type { OpenModel } from '../model/open-model.ts';
import { localTime } from '../report/local-time.ts';
import { spending } from '../report/spending.ts';
import type { Services } from '../services.ts';
import { askModel } from './ask-model.ts';
import { checkAnswer } from './check-answer.ts';
import { display } from './display.ts';
import type { FirstLook } from './first-look.ts';
import type { AnswerOutcome } from './outcome.ts';
import { saveExploration } from './save.ts';
import { shortQuestion } from './short-question.ts';
import { wikiReader } from './wiki-reader.ts';

export interface Answering {
  readonly context: Context;
  readonly services: Services;
  readonly kb: KnowledgeBase;
  readonly opened: OpenModel;
  readonly question: string;
  readonly look: FirstLook;
  readonly raw: boolean;
  readonly save: boolean;
  readonly maxCost: number | undefined;
}

export async function answerQuestion(answering: Answering): Promise<ExitCode> {
  const { context, opened, look, services } = answering;
  const { reporter } = context;
  const shown = display({
    context,
    raw: answering.raw,
    checkLine: (line) => keepIndent(line, checkAnswer(line, look.reader).text),
  });
  reporter.step({ type: 'asking', model: opened.name } as { type: string }, {
    text: 'asking',
    path: opened.name,
  });
  let outcome: string | undefined;
  let result: ConversationResult;
  try {
    result = await askModel({
      ...answering,
      ...look,
      passages: look.hits.map(({ passage }) => passage),
      today: localTime(services.clock()).slice(0, 10),
      signal: context.signal,
      events: shown.events,
    });
    outcome = 'answered';
  } finally {
    noteCost(answering, outcome ?? (context.signal.aborted ? 'interrupted' : 'failed'));
  }
  for (const warning of result.warnings) reporter.warn(warning.replace(/\.$/, ''));
  return report(answering, result, (whole) => shown.end(whole));
}

async function report(
  answering: Answering,
  result: ConversationResult,
  end: (outcome: AnswerOutcome) => void,
): Promise<ExitCode> {
  const { context, opened, question } = answering;
  const { reporter } = context;
  // pages may have come and gone while the model wrote
  const reader = wikiReader(answering.kb, answering.services);
  const { text, citations, unknown } = checkAnswer(result.text, reader);
  const cutOff = result.finishReason === 'length';
  const spent = opened.model.spent();
  const saved = await tried(async () =>
    answering.save && !cutOff ? save(answering, text, citations) : undefined,
  );
  end({
    type: 'answer',
    question,
    answer: text,
    citations,
    unknownCitations: unknown,
    cutOff,
    model: opened.name,
    steps: result.steps,
    usage: spent.usage,
    dollars: dollarsOf(spent),
    ...(saved.value !== undefined && { saved: saved.value }),
  });
  reporter.note(`${opened.name}: ${spending(spent)}`);
  if (unknown.length > 0)
    reporter.note(`Not in the wiki, and so no links: ${unknown.slice(0, 10).join('; ')}`);
  if (citations.length === 0 && !cutOff) reporter.note('The answer cites no page of the wiki.');
  if (saved.failure !== undefined) throw saved.failure;
  if (!cutOff) return exitCodes.done;
  reporter.warn(
    `the answer ends where the limit of "${opened.name}" was${answering.save ? ', and is not saved' : ''}`,
  );
  return exitCodes.partial;
}

function save(
  { context, services, kb, opened, question }: Answering,
  body: string,
  citations: AnswerOutcome['citations'],
): Promise<string> {
  const cites = citations.map(({ page }) => page.slice('wiki/'.length));
  const exploration = { question, body, cites, by: opened.name };
  return saveExploration(kb, context, { exploration, clock: services.clock });
}

/** An answer that was paid for is shown also where it cannot be saved. */
async function tried<T>(
  work: () => Promise<T>,
): Promise<{ readonly value?: T; readonly failure?: unknown }> {
  try {
    return { value: await work() };
  } catch (failure) {
    return { failure };
  }
}

function noteCost({ services, kb, opened, question }: Answering, outcome: string): void {
  const at = services.clock().toISOString();
  const subject = shortQuestion(question);
  noteSpending(
    kb,
    { at, command: 'query', subject, model: opened.name, outcome },
    opened.model.spent(),
  );
}

const dollarsOf = ({ dollars, unpriced }: Spending): number | null =>
  unpriced > 0 ? null : dollars;

/** Checking takes the space around a text away; in a line it says how deep a list is. */
const keepIndent = (line: string, checked: string): string =>
  (/^\s*/.exec(line)?.[0] ?? '') + checked.trimStart();
