/** The one function that tries again. */
import { PageIndexError } from './error.ts';
import type { Clock } from './types.ts';

export interface RetryPolicy {
  /** Attempts after the first one. */
  readonly retries: number;
  readonly clock: Clock;
  /** 0 to 1. */
  readonly random: () => number;
}

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30_000;
/** A service that wants to be left alone for longer is not waited for. */
const LONGEST_RETRY_AFTER = 300_000;

/** A pause of half to one and a half times the given one. */
export const jittered = (milliseconds: number, random: () => number): number =>
  milliseconds * (0.5 + random());

/**
 * Runs the attempt until it succeeds, fails for good by `again`, or has used up its retries. The
 * pause doubles from 1 s to 30 s with jitter, and is never shorter than the service's `Retry-After`.
 *
 * @throws the last attempt's error, or the signal's reason
 */
export const retrying = async <T>(
  { retries, clock, random }: RetryPolicy,
  attempt: () => Promise<T>,
  again: (error: PageIndexError) => boolean,
  signal?: AbortSignal,
): Promise<T> => {
  for (let tried = 0; ; tried += 1) {
    signal?.throwIfAborted();
    try {
      // oxlint-disable-next-line no-await-in-loop -- an attempt follows the failure of the one before
      return await attempt();
    } catch (error) {
      if (!(error instanceof PageIndexError) || tried >= retries || !again(error)) throw error;
      const asked = error.retryAfter ?? 0;
      if (asked > LONGEST_RETRY_AFTER) throw error;
      const pause = jittered(Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** tried), random);
      // oxlint-disable-next-line no-await-in-loop
      await clock.sleep(Math.max(asked, pause), signal);
    }
  }
};
