import { MessageChannel, Worker } from 'node:worker_threads';

import type { Source } from '../document.ts';
import { SetupError } from '../setup-error.ts';
import { answerAsset } from './assets.ts';
import type { ConvertRequest, ThreadSetup, WorkMessage } from './protocol.ts';

export interface ThreadOptions {
  /** File or `file:` URL of the thread's program. */
  readonly program: string | URL;
  readonly memoryBytes: number;
  readonly pdfiumWasm: string | Uint8Array | undefined;
}

export interface Listener {
  message(message: WorkMessage): void;
  /** The thread has ended by itself: why, and whether it had ever begun to work. */
  ended(error: unknown, started: boolean): void;
}

const MIB = 2 ** 20;

/**
 * One thread, from its start to its end. It holds the process while a document is under way and not
 * between documents.
 */
export class ConversionThread {
  readonly #worker: Worker;
  readonly #channel: {
    readonly assets: ThreadSetup['assets'];
    readonly answered: SharedArrayBuffer;
  };
  readonly #begun: Int32Array;
  #listener: Listener | undefined;
  #over = false;

  constructor({ program, memoryBytes, pdfiumWasm }: ThreadOptions) {
    const { port1, port2 } = new MessageChannel();
    const answered = new SharedArrayBuffer(4);
    const begun = new SharedArrayBuffer(4);
    this.#channel = { assets: port1, answered };
    this.#begun = new Int32Array(begun);
    const setup: ThreadSetup = {
      pdfiumWasm,
      pdfiumMemory: memoryBytes,
      assets: port2,
      answered,
      begun,
    };
    this.#worker = startWorker(program, setup, memoryBytes);
    this.#worker.unref();
    this.#worker.on('message', (message: WorkMessage) => this.#listener?.message(message));
    this.#worker.on('messageerror', (error) => this.#fail(error));
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', (code) => this.#fail(new Error(`The thread ended with ${code}.`)));
  }

  /** Whether it has ended, by itself or by `end`. */
  get over(): boolean {
    return this.#over;
  }

  /** Sends a document; the memory of its bytes goes over to the thread. */
  send(request: ConvertRequest, listener: Listener): void {
    this.#listener = listener;
    this.#worker.ref();
    this.#worker.postMessage(request, [request.bytes.buffer]);
  }

  answer(path: string, readAsset: Source['readAsset']): void {
    answerAsset(path, readAsset, this.#channel);
  }

  /** The document is done: the thread waits for the next one. */
  rest(): void {
    this.#listener = undefined;
    this.#worker.unref();
  }

  /** Ends the thread in the midst of whatever it does. Safe to call twice. */
  async end(): Promise<void> {
    this.#over = true;
    this.#listener = undefined;
    await this.#worker.terminate();
    this.#channel.assets.close();
  }

  #fail(error: unknown): void {
    const listener = this.#listener;
    this.#listener = undefined;
    if (!this.#over) this.#channel.assets.close();
    this.#over = true;
    listener?.ended(error, Atomics.load(this.#begun, 0) === 1);
  }
}

function startWorker(program: string | URL, setup: ThreadSetup, memoryBytes: number): Worker {
  try {
    return new Worker(program, {
      name: 'openkb-converter',
      workerData: setup,
      transferList: [setup.assets],
      resourceLimits: { maxOldGenerationSizeMb: Math.ceil(memoryBytes / MIB) },
      // options of the caller's process, as --input-type, can keep the program from running
      execArgv: [],
      // what a library prints about a source is not the caller's output
      stdout: true,
      stderr: true,
    });
  } catch (error) {
    throw notStarted(program, error);
  }
}

export function notStarted(program: string | URL, cause: unknown): SetupError {
  return new SetupError(`The converter's thread cannot be started from "${String(program)}".`, {
    cause,
  });
}
