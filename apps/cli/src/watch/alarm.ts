import { setTimeout as sleep } from 'node:timers/promises';

/** Sleep that events end, among them those that came while nobody slept. */
export interface Alarm {
  /** Ends the sleep, or the next one. */
  ring(): void;
  /** Sleeps for so many milliseconds at most; returns at once when the signal is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** @param breath milliseconds that every sleep has at least, however often the bell rings */
export function alarm(breath: number): Alarm {
  let rung = false;
  let wake: AbortController | undefined;
  return {
    ring() {
      rung = true;
      wake?.abort();
    },
    async sleep(milliseconds, signal) {
      await upTo(breath, signal);
      if (!rung) {
        wake = new AbortController();
        await upTo(milliseconds - breath, AbortSignal.any([signal, wake.signal]));
        wake = undefined;
      }
      rung = false;
    },
  };
}

async function upTo(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(Math.max(0, milliseconds), undefined, { signal });
  } catch {
    // aborted: the sleep is over
  }
}
