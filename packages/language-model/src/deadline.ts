/** Why a task was given up. */
export type GivenUp = 'timeout' | 'aborted';

export interface DeadlineOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  /** Makes the error that is thrown in the task's place. */
  readonly error: (reason: GivenUp) => Error;
}

/** Puts the deadline off to that many milliseconds from now. */
export type Extend = (ms: number) => void;

/**
 * Runs a task with a signal that fires after `timeoutMs` or with the caller's signal. Settles at that
 * instant even where the task does not listen; its late outcome is ignored. Timer and listener are
 * gone afterwards. (`AbortSignal.any` over `AbortSignal.timeout` is collected too early on Node 20.)
 */
export async function withDeadline<T>(
  options: DeadlineOptions,
  task: (signal: AbortSignal, extend: Extend) => Promise<T>,
): Promise<T> {
  const { signal, timeoutMs } = options;
  if (signal?.aborted) throw options.error('aborted');
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  let over = false;
  let giveUp: (reason: GivenUp) => void;
  const givenUp = new Promise<never>((_resolve, reject) => {
    giveUp = (reason) => {
      reject(options.error(reason));
      controller.abort();
    };
    timer = setTimeout(giveUp, timeoutMs, 'timeout');
    onAbort = () => giveUp('aborted');
    signal?.addEventListener('abort', onAbort, { once: true });
  });
  const extend = (ms: number): void => {
    // a task that outlives its deadline cannot set the timer again
    if (over) return;
    clearTimeout(timer);
    timer = setTimeout(giveUp, ms, 'timeout');
  };
  try {
    return await Promise.race([givenUp, task(controller.signal, extend)]);
  } finally {
    over = true;
    clearTimeout(timer);
    if (onAbort) signal?.removeEventListener('abort', onAbort);
  }
}
