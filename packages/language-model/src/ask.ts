/** One answer from the model, whatever it takes on the wire. */
import { readAnswer, usageOf } from './answer.ts';
import type { Answer } from './answer.ts';
import { withDeadline } from './deadline.ts';
import { LanguageModelError } from './error.ts';
import { explain } from './explain.ts';
import { hintFor } from './hints.ts';
import type { GenerateRequest, Usage } from './model.ts';
import { withRetries } from './retry.ts';
import type { Format, Quirks } from './sdk.ts';
import type { Session } from './session.ts';

/** Called with the usage of each answer, accepted or not. */
export type Spend = (usage: Usage) => void;

export interface Asking {
  readonly session: Session;
  readonly request: GenerateRequest;
  readonly format: Format;
  readonly spend: Spend;
}

/** Tries again while that may help, and without a parameter that the endpoint refused. */
export async function ask(asking: Asking): Promise<Answer> {
  const { session, request } = asking;
  const { sleep, onRetry, random = Math.random } = session.options;
  const sent = { ...session.quirks };
  try {
    return await withRetries(() => tryOnce(asking), {
      retries: session.retries,
      sleep,
      random,
      signal: request.signal,
      onRetry,
    });
  } catch (error) {
    if (!learnQuirk(session.quirks, sent, error)) throw error;
    return ask(asking);
  }
}

async function tryOnce({ session, request, format, spend }: Asking): Promise<Answer> {
  const { subject, timeoutMs } = session;
  const { messages, maxOutputTokens, signal } = request;
  const error = (reason: 'timeout' | 'aborted'): LanguageModelError =>
    reason === 'aborted'
      ? new LanguageModelError('aborted', `The request to "${subject.name}" was given up.`)
      : new LanguageModelError(
          'timeout',
          `"${subject.name}" sent no whole answer within ${timeoutMs} ms.`,
          { hint: hintFor('timeout', subject.provider) },
        );
  const send = await session.send();
  const answer = await withDeadline({ timeoutMs, signal, error }, (deadline) =>
    send({ messages, format, maxOutputTokens, signal: deadline }),
  ).catch((failure: unknown) => {
    throw explain(failure, subject);
  });
  spend(usageOf(answer));
  return readAnswer(answer, messages, subject);
}

/**
 * Notes which parameter the endpoint refuses. False where it is none that can be left out, or was left
 * out already: what counts is what this request sent, as others may have learned it meanwhile.
 */
function learnQuirk(quirks: Quirks, sent: Quirks, error: unknown): boolean {
  if (!(error instanceof LanguageModelError) || error.code !== 'request-refused') return false;
  if (sent.cacheMarks && error.message.includes('cache_control')) {
    quirks.cacheMarks = false;
    return true;
  }
  if (sent.maxTokensName === 'max_tokens' && REFUSES_MAX_TOKENS.test(error.message)) {
    quirks.maxTokensName = 'max_completion_tokens';
    return true;
  }
  return false;
}

const REFUSES_MAX_TOKENS = /max_completion_tokens|unsupported parameter:? '?max_tokens/iu;
