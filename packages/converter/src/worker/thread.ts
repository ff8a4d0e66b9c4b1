import { parentPort, workerData } from 'node:worker_threads';

import { createConverter } from '../convert.ts';
import type { ConvertedDocument } from '../document.ts';
import { assetReader } from './assets.ts';
import { encodeFailure } from './failure.ts';
import type { ConvertRequest, WorkMessage, ThreadSetup } from './protocol.ts';
import { forTransfer } from './transfer.ts';

/**
 * The program of a conversion thread: answers requests until the thread is ended. A bundle that uses
 * `createConversionWorker` has an entry of its own that calls this and nothing else.
 *
 * Throws an `Error` when it does not run in a thread that `createConversionWorker` has started.
 */
export function serveConversions(): void {
  const port = parentPort;
  const setup = workerData as ThreadSetup | null;
  if (port === null || setup?.answered === undefined)
    throw new Error('serveConversions runs in a thread of createConversionWorker.');
  const { convert } = createConverter({
    ...(setup.pdfiumWasm !== undefined && { pdfiumWasm: setup.pdfiumWasm }),
    pdfiumMemory: setup.pdfiumMemory,
  });
  const say = (message: WorkMessage): void => port.postMessage(message);
  const readAsset = assetReader((path) => say({ kind: 'asset', path }), setup);

  async function serve({ name, bytes, hasAssets, options }: ConvertRequest): Promise<void> {
    try {
      const document = await convert(
        { name, bytes, ...(hasAssets && { readAsset }) },
        { ...options, onProgress: (done, total) => say({ kind: 'progress', done, total }) },
      );
      hand(document);
    } catch (error) {
      say({ kind: 'failed', failure: encodeFailure(name, error) });
    }
  }

  function hand(converted: ConvertedDocument): void {
    const { document, memories } = forTransfer(converted);
    port?.postMessage({ kind: 'done', document } satisfies WorkMessage, memories);
  }

  port.on('message', (request: ConvertRequest) => void serve(request));
  Atomics.store(new Int32Array(setup.begun), 0, 1);
}
