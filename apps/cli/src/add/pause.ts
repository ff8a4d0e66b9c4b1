import { interruption } from '../errors.ts';

/** Lets a signal arrive, and stops here when one has. */
export async function pause(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  if (signal.aborted) throw interruption(signal);
}
