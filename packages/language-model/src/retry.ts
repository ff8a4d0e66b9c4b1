/**
 * The one place where a request is sent again.
 *
 * Retried is what says of itself that it may pass (`retryable`): 408, 429, 5xx but 501, resets. The
 * wait doubles from half a second to half a minute, half of it random so that requests which failed
 * together do not come back together ("equal jitter"); a wait that the provider asks for is kept to the
 * millisecond, unless it is longer than two minutes: then the request fails at once and says so.
 */
import { LanguageModelError } from './error.ts';

/** Ends after `ms` milliseconds, or early, resolved or rejected, when the signal fires. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

export interface RetryEvent {
  readonly error: LanguageModelError;
  /** 1 after the first failure. */
  readonly attempt: number;
  readonly waitMs: number;
}

export interface RetryOptions {
  /** Further tries after the first. */
  readonly retries: number;
  readonly sleep: Sleep;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly signal?: AbortSignal | undefined;
  readonly onRetry?: ((event: RetryEvent) => void) | undefined;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
const LONGEST_ASKED_WAIT_MS = 120_000;

/** Runs `task` until it succeeds, fails for good, or the retries are used up. */
export async function withRetries<T>(task: () => Promise<T>, options: RetryOptions): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- a try follows the failure of the one before
      return await task();
    } catch (error) {
      if (!(error instanceof LanguageModelError) || !error.retryable) throw error;
      const tooLong = (error.retryAfterMs ?? 0) > LONGEST_ASKED_WAIT_MS;
      if (attempt > options.retries || tooLong) throw givenUp(error, attempt);
      const waitMs = error.retryAfterMs ?? backOff(attempt, options.random());
      options.onRetry?.({ error, attempt, waitMs });
      // oxlint-disable-next-line no-await-in-loop -- the pause between two tries
      await pause(waitMs, options);
    }
  }
}

function backOff(attempt: number, random: number): number {
  const full = Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), LONGEST_WAIT_MS);
  return Math.round(full / 2 + (full / 2) * random);
}

async function pause(ms: number, { sleep, signal }: RetryOptions): Promise<void> {
  try {
    await sleep(ms, signal);
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
  if (signal?.aborted) {
    throw new LanguageModelError('aborted', 'The request was given up while waiting to retry.');
  }
}

function givenUp(error: LanguageModelError, tries: number): LanguageModelError {
  const asked = error.retryAfterMs;
  const story = [
    ...(tries === 1 ? [] : [`after ${tries} tries`]),
    ...(asked === undefined ? [] : [`it asks to wait ${Math.ceil(asked / 1000)} s`]),
  ].join('; ');
  return new LanguageModelError(
    error.code,
    story === '' ? error.message : `${error.message.replace(/\.$/u, '')} (${story}).`,
    {
      hint: error.hint,
      status: error.status,
      retryable: true,
      retryAfterMs: asked,
      cause: error.cause,
    },
  );
}
