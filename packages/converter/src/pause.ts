import { setImmediate } from 'node:timers/promises';

/** Lets the event loop turn, so that signals and other work come through, then ends when asked to. */
export async function pause(signal: AbortSignal | undefined): Promise<void> {
  await setImmediate();
  signal?.throwIfAborted();
}
