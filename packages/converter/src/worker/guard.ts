import { memoryUsage } from 'node:process';

import { ConversionError } from '../error.ts';
import type { ConversionWorkerLimits } from './worker-limits.ts';

/** How often the memory of the process is looked at: between two looks it grows by some 100 MB at most. */
const LOOK_EVERY = 50;
/** Copies of the source that are no fault of its content: the caller's, the thread's, PDFium's. */
const COPIES = 3;

export interface Guard {
  /** The document has come on: the time without progress begins anew. */
  progress(): void;
  /** Safe to call twice. */
  end(): void;
}

/** Watches over one document's time and memory; `stop` is called once at most. */
export function guard(
  source: { readonly name: string; readonly size: number },
  limits: ConversionWorkerLimits,
  stop: (error: ConversionError) => void,
): Guard {
  const most = memoryUsage.rss() + limits.memoryBytes + COPIES * source.size;
  const over = setTimeout(() => finish(tooLong(source.name)), limits.milliseconds);
  const stalled = setTimeout(() => finish(tooLong(source.name)), limits.stalledMilliseconds);
  const looks = setInterval(() => {
    if (memoryUsage.rss() > most) finish(tooMuch(source.name, limits.memoryBytes));
  }, LOOK_EVERY);
  return { progress: () => void stalled.refresh(), end };

  function finish(error: ConversionError): void {
    end();
    stop(error);
  }

  function end(): void {
    clearTimeout(over);
    clearTimeout(stalled);
    clearInterval(looks);
  }
}

export function tooMuch(name: string, bytes: number): ConversionError {
  const size = `${Math.round(bytes / 2 ** 20)} MiB`;
  return new ConversionError(
    'out-of-memory',
    `"${name}" takes more than ${size} of memory to convert: split it, or save it anew in its own program.`,
  );
}

function tooLong(name: string): ConversionError {
  return new ConversionError(
    'timeout',
    `"${name}" takes longer to convert than allowed: split it, or save it anew in its own program.`,
  );
}
