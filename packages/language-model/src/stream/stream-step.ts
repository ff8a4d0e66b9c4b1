/** One streamed answer. */
import type { ModelMessage } from 'ai';

import type { Spend } from '../answers/ask.ts';
import { readAnswer, usageOf } from '../answers/read-answer.ts';
import type { Answer } from '../answers/read-answer.ts';
import type { ConversationRequest } from '../conversation.ts';
import { withDeadline } from '../deadline.ts';
import { LanguageModelError } from '../error.ts';
import { explain, givenUp } from '../explain.ts';
import type { Exchange, SdkStreamAnswer, SdkToolCall } from '../sdk/types.ts';
import type { Session } from '../session.ts';
import { NO_USAGE } from '../usage.ts';
import { thinkingFilter } from './thinking-filter.ts';

export interface Step extends Answer {
  readonly toolCalls: readonly SdkToolCall[];
  /** The answer as it goes into the history. */
  readonly turn: readonly ModelMessage[];
}

export interface StepRequest {
  readonly session: Session;
  readonly request: ConversationRequest;
  readonly spend: Spend;
  /** Counts from 1. */
  readonly number: number;
  readonly history: readonly Exchange[];
  readonly withoutTools: boolean;
}

/**
 * Hands out the text as it comes. An error after the first piece may be retried only where the caller
 * takes back what it has shown.
 */
export async function streamStep(step: StepRequest): Promise<Step> {
  const { session, request, spend, number, history, withoutTools } = step;
  const { messages, tools = [], maxOutputTokens, signal, onText } = request;
  const { timeoutMs, chunkTimeoutMs, subject } = session;
  const sdk = await session.sdk();
  const filter = thinkingFilter();
  let began = false;
  let shown = false;
  const show = (text: string): void => {
    if (text === '') return;
    shown = true;
    onText?.(text, number);
  };
  const error = (reason: 'timeout' | 'aborted'): LanguageModelError =>
    began && reason === 'timeout'
      ? stalled(session)
      : givenUp(subject, `did not begin to answer within ${timeoutMs} ms`)(reason);
  let over = false;
  try {
    const answer = await withDeadline({ timeoutMs, signal, error }, (deadline, extend) => {
      const onPiece = (text: string): void => {
        // what comes after the deadline is not shown
        if (over) return;
        began = true;
        extend(chunkTimeoutMs);
        show(filter.push(text));
      };
      const asked = { messages, history, tools, withoutTools, maxOutputTokens };
      return sdk.stream({ ...asked, signal: deadline, onPiece });
    });
    show(filter.end());
    return finished(answer, { session, messages, spend });
  } catch (failure) {
    over = true;
    // what came was made, and is most likely billed
    if (began) spend({ ...NO_USAGE, requests: 1, unreported: 1 });
    throw restartable(session.noted(explain(failure, subject)), { shown, request, number });
  }
}

type Context = Pick<StepRequest, 'session' | 'spend'> & Pick<ConversationRequest, 'messages'>;

function finished(answer: SdkStreamAnswer, { session, messages, spend }: Context): Step {
  spend(usageOf(answer));
  const { toolCalls, turn } = answer;
  return { ...readAnswer(answer, messages, session.subject), toolCalls, turn };
}

function stalled({ subject, chunkTimeoutMs }: Session): LanguageModelError {
  const message = `"${subject.name}" stopped in the midst of its answer for ${chunkTimeoutMs} ms.`;
  return new LanguageModelError('timeout', message, {
    hint: 'Try again, or choose another "model".',
    retryable: true,
  });
}

/** The error as it is, or as one that is final because its text has been shown. */
function restartable(
  error: unknown,
  { shown, request, number }: { shown: boolean } & Pick<StepRequest, 'request' | 'number'>,
): unknown {
  if (!shown || !(error instanceof LanguageModelError) || !error.retryable) return error;
  if (request.onRestart) {
    request.onRestart(number);
    return error;
  }
  return new LanguageModelError(error.code, error.message, {
    hint: error.hint,
    status: error.status,
    cause: error.cause,
  });
}
