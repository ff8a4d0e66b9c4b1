/** Runs at most so many tasks at once; the others wait in order of arrival. */
export type Limiter = <T>(task: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

/**
 * A limiter of `limit` places. A task that fails frees its place as one that succeeds. A task whose signal
 * fires while it waits starts at once, without a place: it is expected to see the signal and end.
 */
export function createLimiter(limit: number): Limiter {
  const waiting = new Set<() => void>();
  let free = limit;

  const place = (signal: AbortSignal | undefined): Promise<boolean> => {
    if (signal?.aborted) return Promise.resolve(false);
    if (free > 0) {
      free -= 1;
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const take = (): void => {
        signal?.removeEventListener('abort', leave);
        resolve(true);
      };
      const leave = (): void => {
        waiting.delete(take);
        resolve(false);
      };
      waiting.add(take);
      signal?.addEventListener('abort', leave, { once: true });
    });
  };

  return async (task, signal) => {
    const placed = await place(signal);
    try {
      return await task();
    } finally {
      if (placed) {
        // the place goes to the next in line, else it is free
        const [next] = waiting;
        if (next) {
          waiting.delete(next);
          next();
        } else free += 1;
      }
    }
  };
}
