/**
 * Conversions that can be stopped. A document is converted in a thread of its own memory, which is ended
 * when it takes too long or too much, or when the signal says so: a hostile file cannot take the program
 * down, nor hold it up. The thread is started for the first document that needs one, converts one after
 * the other, and is started anew after one that had to be ended.
 */
import { fileURLToPath } from 'node:url';

import { aborted } from '../aborted.ts';
import { convert, type Convert } from '../convert.ts';
import type { ConvertedDocument, Source } from '../document.ts';
import type { PdfiumWasm } from '../formats/pdf/engine.ts';
import type { ConvertOptions } from '../options.ts';
import { ConversionThread } from './conversion-thread.ts';
import { convertInThread } from './convert-in-thread.ts';
import { needsThread } from './needs-thread.ts';
import { defaultWorkerLimits, type ConversionWorkerLimits } from './worker-limits.ts';

export interface ConversionWorkerOptions {
  readonly limits?: Partial<ConversionWorkerLimits>;
  /** PDFium's `pdfium.wasm`, as for `createConverter`. */
  readonly pdfiumWasm?: PdfiumWasm;
  /**
   * The thread's program: a path or a `file:` URL. Default: the one of this package. A bundle has an entry
   * of its own that calls `serveConversions` of `@openkb/converter/worker`, and names it here.
   */
  readonly program?: string | URL;
}

export interface ConversionWorker {
  /**
   * As `convert` of the package, with these errors beside: `timeout`, `out-of-memory`, `crashed`. Plain
   * text and Markdown of up to a megabyte are converted in the caller's thread.
   */
  readonly convert: Convert;
  /** Starts the thread ahead of a document that is certain to need it; nothing when there is one, or after `close`. */
  warm(): void;
  /** Ends the thread; a document that is under way fails with an `AbortError`. Safe to call twice. */
  close(): Promise<void>;
}

export function createConversionWorker(options: ConversionWorkerOptions = {}): ConversionWorker {
  const limits = { ...defaultWorkerLimits, ...options.limits };
  const program = options.program ?? fileURLToPath(new URL('./worker/start.js', import.meta.url));
  const closing = new AbortController();
  let thread: ConversionThread | undefined;
  let queue: Promise<unknown> = Promise.resolve();

  return {
    async convert(source, given = {}) {
      if (!needsThread(source, given)) return convert(source, given);
      closing.signal.throwIfAborted();
      let begun = false;
      const turn = queue.then(() => {
        begun = true;
        return convertNext(source, given);
      });
      queue = turn.catch(() => undefined);
      return given.signal ? orAborted(turn, () => !begun, [source, given.signal]) : turn;
    },
    warm() {
      if (closing.signal.aborted) return;
      try {
        running();
      } catch {
        // the document that needs the thread fails with the reason
      }
    },
    async close() {
      closing.abort();
      await queue;
      await thread?.end();
    },
  };

  function running(): ConversionThread {
    if (thread === undefined || thread.over)
      thread = new ConversionThread({
        program,
        memoryBytes: limits.memoryBytes,
        pdfiumWasm: options.pdfiumWasm,
      });
    return thread;
  }

  async function convertNext(source: Source, given: ConvertOptions): Promise<ConvertedDocument> {
    const signal = given.signal ? AbortSignal.any([given.signal, closing.signal]) : closing.signal;
    if (signal.aborted) throw aborted(source.name, signal.reason);
    return convertInThread(
      running(),
      { source, options: { ...given, signal } },
      { program, limits },
    );
  }
}

/** Fails when the signal comes while others are converted: a document need not wait for its turn to be ended. */
async function orAborted<T>(
  turn: Promise<T>,
  isWaiting: () => boolean,
  [{ name }, signal]: readonly [Source, AbortSignal],
): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      if (isWaiting()) reject(aborted(name, signal.reason));
    };
    signal.addEventListener('abort', onAbort, { once: true });
    void turn.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
