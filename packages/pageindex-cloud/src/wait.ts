/** Waiting for a document: small requests, ever further apart, and an end. */
import { PageIndexError } from './error.ts';
import { jittered } from './retry.ts';
import type { RetryPolicy } from './retry.ts';
import type { CloudMetadata, WaitOptions } from './types.ts';

const FIRST_PAUSE = 2000;
const GROWTH = 1.5;
const LONGEST_PAUSE = 15_000;
const LEAST_LIMIT = 30 * 60_000;
const PER_PAGE = 5000;
/** Polls in a row that may fail, each with all its retries. */
const MOST_FAILURES = 2;

/** Throws for a document that has failed. */
export const refuseFailed = ({ id, reason }: Pick<CloudMetadata, 'id' | 'reason'>): never => {
  const why = reason === undefined ? 'the service does not say why' : reason;
  throw new PageIndexError(
    'processing-failed',
    `PageIndex Cloud could not process document "${id}": ${why}.`,
    {
      documentId: id,
    },
  );
};

/** The error for a document that is not completed. */
export const notReady = (id: string, status: string): PageIndexError =>
  new PageIndexError(
    'not-ready',
    `Document "${id}" is still being processed (status "${status}").`,
    { documentId: id },
  );

/**
 * Polls the metadata until the document is completed: after 2 s, then 1.5 times as long each time
 * up to 15 s, for at most 30 minutes or 5 s a page, whichever is more. `retrieval_ready` does not
 * matter. At the limit the document stays where it is, and the error says how to get it later.
 */
export const waitFor = async (
  id: string,
  poll: () => Promise<CloudMetadata>,
  { clock, random }: RetryPolicy,
  { pages = 0, onStatus, signal }: WaitOptions,
): Promise<CloudMetadata> => {
  const begin = clock.now();
  let limit = Math.max(LEAST_LIMIT, PER_PAGE * pages);
  let pause = FIRST_PAUSE;
  let failures = 0;
  let status = 'unknown';
  while (clock.now() - begin <= limit) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- a poll follows the pause
      const metadata = await poll();
      failures = 0;
      ({ status } = metadata);
      limit = Math.max(limit, PER_PAGE * (metadata.pageCount ?? 0));
      onStatus?.(metadata);
      if (status === 'completed') return metadata;
      if (status === 'failed') refuseFailed(metadata);
    } catch (error) {
      const passing = error instanceof PageIndexError && error.transient;
      failures += 1;
      if (!passing || failures > MOST_FAILURES) throw error;
    }
    // oxlint-disable-next-line no-await-in-loop
    await clock.sleep(jittered(pause, random), signal);
    pause = Math.min(LONGEST_PAUSE, pause * GROWTH);
  }
  const minutes = Math.round(limit / 60_000);
  throw new PageIndexError(
    'wait-timeout',
    `Document "${id}" is still not completed after ${minutes} minutes (status "${status}"); it goes on in the cloud and can be imported later by its id.`,
    { documentId: id },
  );
};
