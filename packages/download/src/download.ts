import { DownloadError } from './error.ts';
import { networkError } from './failures.ts';
import { defaultLimits, type DownloadLimits } from './limits.ts';
import { inSeconds } from './pace.ts';
import { SinkFailure, Transfer } from './transfer.ts';
import type { Download, DownloadOptions } from './types.ts';
import { parseAddress } from './web-address.ts';

/** Milliseconds. */
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30_000;
/** Bytes that an attempt must have brought beyond all before it to count as one that got on. */
const ENOUGH = 256 * 1024;
/** However much each of them brings. */
const MOST_ATTEMPTS = 50;

/**
 * Downloads a URL to the sink. A connection that breaks is followed by another one that goes on where it
 * broke, where the server can tell that the content is the same (`Range` with `If-Range`), and
 * begins anew otherwise. When it returns, the sink holds all of one content: as many bytes as the
 * server announced, unpacked. After an error what the sink holds is of no use.
 *
 * @param text an http or https URL; credentials in it are sent to its own origin and shown nowhere
 * @throws {DownloadError} what went wrong; the signal's reason where it is aborted; what the sink throws
 */
export async function download(text: string, options: DownloadOptions): Promise<Download> {
  const asked = parseAddress(text);
  const limits = { ...defaultLimits, ...options.limits };
  const deadline = new AbortController();
  const late = setTimeout(() => deadline.abort(tooLate(asked.url.href, limits)), limits.total);
  const signals = options.signal === undefined ? [] : [options.signal];
  const signal = AbortSignal.any([deadline.signal, ...signals]);
  const transfer = new Transfer(asked, options, limits);
  try {
    return await attempts(transfer, { shown: asked.url.href, options, limits, signal });
  } catch (error) {
    if (error instanceof SinkFailure) throw error.cause;
    if (signal.aborted) throw signal.reason;
    throw error;
  } finally {
    clearTimeout(late);
    transfer.close();
  }
}

interface Work {
  readonly shown: string;
  readonly options: DownloadOptions;
  readonly limits: DownloadLimits;
  readonly signal: AbortSignal;
}

async function attempts(transfer: Transfer, work: Work): Promise<Download> {
  const { options, limits, signal } = work;
  let inVain = 0;
  for (let tried = 1; ; tried += 1) {
    signal.throwIfAborted();
    const before = transfer.farthest;
    try {
      // oxlint-disable-next-line no-await-in-loop -- an attempt follows the failure of the one before
      return await transfer.attempt(signal);
    } catch (thrown) {
      if (thrown instanceof SinkFailure || signal.aborted) throw thrown;
      const begun = transfer.farthest > 0;
      const error = asDownloadError(work.shown, thrown, begun);
      const cost = error.code === 'no-answer' && !begun ? 2 : 1;
      inVain = transfer.farthest - before >= ENOUGH ? 0 : inVain + cost;
      if (!error.transient) throw error;
      const asksFor = error.retryAfter ?? 0;
      if (inVain > limits.retries || tried >= MOST_ATTEMPTS || asksFor > limits.retryAfter)
        throw lastOf(error, tried, asksFor);
      const wait = Math.max(asksFor, pause(inVain, options.random()));
      options.onRetry?.({ wait, reason: error.message });
      // oxlint-disable-next-line no-await-in-loop
      await options.clock.sleep(wait, signal);
    }
  }
}

function asDownloadError(shown: string, thrown: unknown, begun: boolean): DownloadError {
  if (thrown instanceof DownloadError) return thrown;
  const error = networkError(shown, thrown, begun);
  if (error === undefined) throw thrown;
  return error;
}

/** Doubles from 1 s to 30 s, half to one and a half times. */
const pause = (failures: number, random: number): number =>
  Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.max(0, failures - 1)) * (0.5 + random);

function lastOf(error: DownloadError, tried: number, asksFor: number): DownloadError {
  const tries = tried > 1 ? `, in ${tried} attempts` : '';
  const asks = asksFor > 0 ? `; it asks to wait ${inSeconds(asksFor)}` : '';
  const { hint, status, retryAfter, transient, cause } = error;
  return new DownloadError(error.code, `${error.message}${tries}${asks}`, {
    transient,
    cause,
    ...(hint !== undefined && { hint }),
    ...(status !== undefined && { status }),
    ...(retryAfter !== undefined && { retryAfter }),
  });
}

function tooLate(shown: string, { total }: DownloadLimits): DownloadError {
  return new DownloadError('too-slow', `"${shown}" did not arrive within ${inSeconds(total)}`, {
    hint: 'Download it with another program and add the file.',
  });
}
