/** Runs at most so many tasks at once; the others wait in order of arrival. */
export type Limiter = <T>(task: () => Promise<T>) => Promise<T>;

/** A limiter of `limit` places. A task that fails frees its place as one that succeeds. */
export function createLimiter(limit: number): Limiter {
  const waiting: (() => void)[] = [];
  let free = limit;
  return async (task) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      // the place goes to the next in line, else it is free
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
