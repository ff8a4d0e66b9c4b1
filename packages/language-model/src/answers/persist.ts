import { withRetries } from '../retry.ts';
import type { Droppable } from '../sdk/types.ts';
/** Sends a request until it is answered: again while that may help, and without what was refused. */
import type { Session } from '../session.ts';
import { learn, sentWith } from '../wire/quirks.ts';

export interface Persistence {
  readonly session: Session;
  readonly signal: AbortSignal | undefined;
  /** Which of the parameters that can be left out the request has. */
  readonly parameters: Readonly<Record<Droppable, boolean>>;
}

/** So many refusals are learned from for one request. */
const MOST_LESSONS = 6;

export async function persist<T>(
  { session, signal, parameters }: Persistence,
  send: () => Promise<T>,
): Promise<T> {
  const { sleep, onRetry, random = Math.random } = session.options;
  for (let lesson = 1; ; lesson += 1) {
    const sent = sentWith(session.quirks, parameters);
    try {
      // oxlint-disable-next-line no-await-in-loop -- a request follows the refusal of the one before
      return await withRetries(send, { retries: session.retries, sleep, random, signal, onRetry });
    } catch (error) {
      if (lesson > MOST_LESSONS || !learn(session, sent, error)) throw error;
    }
  }
}
