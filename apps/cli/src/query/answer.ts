/** One question to a model, shown as the answer comes, checked, and noted in the ledger: for `query` and `chat`. */
import type { ConversationResult, Message, Spending } from '@openkb/language-model';

import type { Context } from '../command.ts';
import type { KnowledgeBase } from '../knowledge-base/open.ts';
import { noteSpending } from '../model/ledger.ts';
import type { OpenModel } from '../model/open-model.ts';
import { localTime } from '../report/local-time.ts';
import { spending } from '../report/spending.ts';
import type { Services } from '../services.ts';
import { askModel } from './ask-model.ts';
import { type CheckedAnswer, checkAnswer } from './check-answer.ts';
import { type Display, display } from './display.ts';
import type { FirstLook } from './first-look.ts';
import { shortQuestion } from './short-question.ts';
import { wikiReader } from './wiki-reader.ts';

export interface Asked {
  readonly context: Pick<Context, 'reporter' | 'io' | 'json' | 'quiet' | 'signal'>;
  readonly services: Services;
  readonly kb: KnowledgeBase;
  /** Its meter tells what this answer costs. */
  readonly opened: OpenModel;
  /** For the ledger: `query`. */
  readonly command: string;
  readonly question: string;
  readonly look: FirstLook;
  /** What was said before in the conversation, oldest first; absent where there is none. */
  readonly earlier?: readonly Message[] | undefined;
  readonly raw: boolean;
  /** Throws where nothing more may be spent. */
  readonly keepToLimit: () => void;
}

export interface Answered extends CheckedAnswer {
  /** The answer ends where the model's limit was. */
  readonly cutOff: boolean;
  /** Shows what has not been shown yet: the rest, the pages cited, what it cost. */
  show(saved?: string): void;
}

/** @throws {LanguageModelError}, and what `keepToLimit` throws; what was spent until then is noted */
export async function answer(asked: Asked): Promise<Answered> {
  const { context, opened, look } = asked;
  const { reporter } = context;
  const shown = display({
    context,
    raw: asked.raw,
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
      ...asked,
      ...look,
      passages: look.hits.map(({ passage }) => passage),
      today: localTime(asked.services.clock()).slice(0, 10),
      signal: context.signal,
      events: shown.events,
    });
    outcome = 'answered';
  } finally {
    noteCost(asked, outcome ?? (context.signal.aborted ? 'interrupted' : 'failed'));
  }
  // pages may have come and gone while the model wrote
  const checked = checkAnswer(result.text, wikiReader(asked.kb));
  const cutOff = result.finishReason === 'length';
  const show = (saved?: string) => end(asked, { result, checked, cutOff, shown, saved });
  return { ...checked, cutOff, show };
}

interface Ending {
  readonly result: ConversationResult;
  readonly checked: CheckedAnswer;
  readonly cutOff: boolean;
  readonly shown: Display;
  readonly saved: string | undefined;
}

function end(
  { context: { reporter }, opened, question }: Asked,
  { result, checked, cutOff, shown, saved }: Ending,
): void {
  const { text, citations, unknown } = checked;
  const spent = opened.model.spent();
  shown.end({
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
    ...(saved !== undefined && { saved }),
  });
  reporter.note(`${opened.name}: ${spending(spent)}`);
  if (unknown.length > 0)
    reporter.note(`Not in the wiki, and so no links: ${unknown.slice(0, 10).join('; ')}`);
  if (citations.length === 0 && !cutOff) reporter.note('The answer cites no page of the wiki.');
}

function noteCost({ services, kb, opened, command, question }: Asked, outcome: string): void {
  const at = services.clock().toISOString();
  const subject = shortQuestion(question);
  noteSpending(kb, { at, command, subject, model: opened.name, outcome }, opened.model.spent());
}

const dollarsOf = ({ dollars, unpriced }: Spending): number | null =>
  unpriced > 0 ? null : dollars;

/** Checking takes the space around a text away; in a line it says how deep a list is. */
const keepIndent = (line: string, checked: string): string =>
  (/^\s*/.exec(line)?.[0] ?? '') + checked.trimStart();
