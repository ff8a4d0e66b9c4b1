import { aborted } from '../aborted.ts';
import type { ConvertedDocument, Source } from '../document.ts';
import { ConversionError } from '../error.ts';
import type { ConvertOptions } from '../options.ts';
import { notStarted, type ConversionThread, type ThreadOptions } from './conversion-thread.ts';
import { decodeFailure } from './failure.ts';
import { guard, tooMuch } from './guard.ts';
import type { WorkMessage } from './protocol.ts';
import type { ConversionWorkerLimits } from './worker-limits.ts';

/**
 * Has the thread convert one document. However that ends, the thread is either ready for the next
 * document or over; a thread that is over has ended before the promise settles.
 */
export function convertInThread(
  thread: ConversionThread,
  { source, options }: { readonly source: Source; readonly options: ConvertOptions },
  { program, limits }: Pick<ThreadOptions, 'program'> & { readonly limits: ConversionWorkerLimits },
): Promise<ConvertedDocument> {
  const { name, bytes, readAsset } = source;
  const { signal, onProgress, ...rest } = options;
  return new Promise((resolve, reject) => {
    const watch = guard({ name, size: bytes.length }, limits, stop);
    const onAbort = (): void => stop(aborted(name, signal?.reason));
    signal?.addEventListener('abort', onAbort, { once: true });
    thread.send(
      {
        name,
        bytes: Uint8Array.from(bytes),
        hasAssets: readAsset !== undefined,
        options: rest,
      },
      { message: attempt(onMessage), ended },
    );

    function onMessage(message: WorkMessage): void {
      watch.progress();
      switch (message.kind) {
        case 'progress':
          return onProgress?.(message.done, message.total);
        case 'asset':
          return thread.answer(message.path, readAsset);
        case 'done':
          return settle(() => resolve(message.document));
        case 'failed':
        default:
          return settle(() => reject(decodeFailure(message.failure)));
      }
    }

    /** What the caller's own functions throw ends the conversion, as it does without a thread. */
    function attempt(work: (message: WorkMessage) => void) {
      return (message: WorkMessage): void => {
        try {
          work(message);
        } catch (error) {
          stop(error);
        }
      };
    }

    function ended(error: unknown, started: boolean): void {
      release();
      reject(started ? broken(name, error, limits) : notStarted(program, error));
    }

    function settle(done: () => void): void {
      release();
      thread.rest();
      done();
    }

    function stop(reason: unknown): void {
      release();
      void thread.end().then(() => reject(reason));
    }

    function release(): void {
      watch.end();
      signal?.removeEventListener('abort', onAbort);
    }
  });
}

/** The thread broke down on the source. */
function broken(name: string, cause: unknown, limits: ConversionWorkerLimits): ConversionError {
  const isFull =
    cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
  if (isFull) return tooMuch(name, limits.memoryBytes);
  return new ConversionError(
    'crashed',
    `"${name}" breaks the converter down: save it anew in its own program.`,
    { cause },
  );
}
