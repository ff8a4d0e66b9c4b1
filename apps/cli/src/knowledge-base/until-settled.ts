import { CliError } from '../errors.ts';

/** Whoever is disturbed more often is told, and decides. */
const MOST_ATTEMPTS = 5;

/**
 * Plans and commits until nothing has moved on in between. What is slow is done without the lock, so that others may
 * change a page which a plan was made from; the commit then refuses, nothing is written, and all is planned again.
 *
 * @param attempt one try; `undefined` where a path has moved on. `number` counts from 1
 * @param conflict what is said in the end; `message` is given how often it was tried: `5 times`
 * @throws {CliError} `conflict` after five tries
 */
export async function untilSettled<T>(
  attempt: (number: number) => Promise<T | undefined>,
  conflict: { readonly message: (attempts: string) => string; readonly hint: string },
): Promise<T> {
  for (let number = 1; number <= MOST_ATTEMPTS; number += 1) {
    // oxlint-disable-next-line no-await-in-loop -- a try follows the failure of the one before
    const outcome = await attempt(number);
    if (outcome !== undefined) return outcome;
  }
  throw new CliError('conflict', conflict.message(`${MOST_ATTEMPTS} times`), {
    hint: conflict.hint,
  });
}
