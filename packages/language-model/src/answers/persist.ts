/** Sends a request until it is answered: again while that may help, and without what was refused. */
import type { Image } from '../images/image.ts';
import { noteTaken } from '../images/learn-of-images.ts';
import type { Lesson } from '../images/learn-of-images.ts';
import { withRetries } from '../retry.ts';
import type { Droppable } from '../sdk/types.ts';
import type { Session } from '../session.ts';
import { learn, sentWith } from '../wire/quirks.ts';

export interface Persistence {
  readonly session: Session;
  readonly signal: AbortSignal | undefined;
  /** Which of the parameters that can be left out the request has. */
  readonly parameters: Readonly<Record<Droppable, boolean>>;
  /** All that it would show. */
  readonly images: readonly Image[];
}

/** So many refusals are learned from for one request. */
const MOST_LESSONS = 6;

export async function persist<T>(
  { session, signal, parameters, images }: Persistence,
  send: () => Promise<T>,
): Promise<T> {
  const { sleep, onRetry, random = Math.random } = session.options;
  const lessons: Lesson[] = [];
  for (;;) {
    const sent = sentWith(session, parameters, images);
    try {
      const options = { retries: session.retries, sleep, random, signal, onRetry };
      // oxlint-disable-next-line no-await-in-loop -- a request follows the refusal of the one before
      const answer = await withRetries(send, options);
      noteTaken(session.quirks.images, sent.images);
      for (const { proved } of lessons) proved?.();
      return answer;
    } catch (error) {
      const lesson = lessons.length < MOST_LESSONS ? learn(session, sent, error) : undefined;
      if (!lesson) {
        for (const { disproved } of lessons) disproved?.();
        throw error;
      }
      lessons.push(lesson);
    }
  }
}
