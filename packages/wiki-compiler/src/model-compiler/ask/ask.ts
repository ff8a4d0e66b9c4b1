/**
 * One question to the model, asked again with the reason where the answer is not accepted: at most twice. The
 * second question differs from the first by its end alone, so that the prefix stays a prefix and a cache of
 * replies does not serve the refused answer.
 */
import { againPrompt } from '../../prompts/again.ts';
import type { ModelMessage } from '../model-port.ts';
import type { CompileStep } from '../progress.ts';
import type { Session } from '../session.ts';
import { portErrorKind, reasonOf } from './port-error.ts';
import { replyObject } from './reply-object.ts';

export type Verdict<T> = { readonly value: T } | { readonly fault: string };

export interface Question<T> {
  readonly step: Pick<CompileStep, 'pass' | 'page' | 'number' | 'of'>;
  /** The last one is the user's. */
  readonly messages: readonly ModelMessage[];
  readonly schema: Readonly<Record<string, unknown>>;
  /** The answer as a value, or why it is not accepted: a clause. */
  readonly read: (object: Readonly<Record<string, unknown>>) => Verdict<T>;
  /** How often it is asked (3). */
  readonly attempts?: number;
}

export type Answer<T> =
  | { readonly value: T }
  | { readonly failure: { readonly reason: string; readonly cause?: unknown } };

/**
 * Rejects with errors of the port that end the compilation, and with `context-too-long`. When no answer is
 * accepted the port forgets them all; when one is, those before it are kept, so that a second run, which asks
 * the same, gets as far without a request.
 */
export async function ask<T>(session: Session, question: Question<T>): Promise<Answer<T>> {
  const { step, attempts = 3, schema } = question;
  session.tell({ ...step, state: 'started' });
  const asked: (readonly ModelMessage[])[] = [];
  let failure: { reason: string; cause?: unknown } = { reason: '' };
  for (let attempt = 1; attempt <= attempts && failure.cause === undefined; attempt += 1) {
    if (attempt > 1) session.tell({ ...step, state: 'repeated', reason: failure.reason });
    const messages = withReason(question.messages, failure.reason);
    asked.push(messages);
    // oxlint-disable-next-line no-await-in-loop -- the next question depends on the answer
    const verdict = await askOnce(session, { ...question, messages });
    if ('value' in verdict) {
      session.tell({ ...step, state: 'finished' });
      return verdict;
    }
    failure = 'failure' in verdict ? verdict.failure : { reason: verdict.fault };
  }
  const { model } = session.settings;
  await Promise.all(asked.map(async (messages) => model.reject?.({ messages, schema })));
  session.tell({ ...step, state: 'failed', reason: failure.reason });
  return { failure };
}

async function askOnce<T>(
  session: Session,
  { messages, schema, read }: Question<T>,
): Promise<Verdict<T> | Answer<T>> {
  try {
    const reply = replyObject(await session.generate(messages, schema));
    return 'fault' in reply ? reply : read(reply.object);
  } catch (error) {
    const kind = portErrorKind(error);
    if (kind === 'fatal' || kind === 'too-long') throw error;
    if (kind === 'bad-answer') return { fault: reasonOf(error) };
    return { failure: { reason: reasonOf(error), cause: error } };
  }
}

function withReason(messages: readonly ModelMessage[], reason: string): readonly ModelMessage[] {
  const last = messages.at(-1);
  if (reason === '' || last === undefined) return messages;
  return messages.with(messages.length - 1, {
    ...last,
    content: last.content + againPrompt(reason),
  });
}
