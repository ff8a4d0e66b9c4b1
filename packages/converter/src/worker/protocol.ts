/**
 * What the two sides of a conversion thread say to each other. One document is under way at a time, so
 * messages need no numbers: a thread that is late is ended, never listened to again.
 */
import type { MessagePort } from 'node:worker_threads';

import type { ConvertedDocument } from '../document.ts';
import type { ConversionAttempt, ConversionErrorCode } from '../error.ts';
import type { ConvertOptions } from '../options.ts';

/** Handed to the thread when it starts. */
export interface ThreadSetup {
  readonly pdfiumWasm: string | Uint8Array | undefined;
  readonly pdfiumMemory: number;
  /** Where the answers to `asset` come in, see `AssetReader`. */
  readonly assets: MessagePort;
  /** One 32-bit number: 1 when an answer lies in `assets`. */
  readonly answered: SharedArrayBuffer;
  /** One 32-bit number: 1 once the thread takes documents. A message of it could come after that of the thread's end. */
  readonly begun: SharedArrayBuffer;
}

/** To the thread: convert this. */
export interface ConvertRequest {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly hasAssets: boolean;
  /** All of the caller's but its functions and its signal, which stay on the caller's side. */
  readonly options: Omit<ConvertOptions, 'signal' | 'onProgress'>;
}

/** The answer to `asset`. */
export type AssetAnswer = { readonly bytes: Uint8Array | undefined } | { readonly fault: string };

/** From the thread, about the document under way. */
export type WorkMessage =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'asset'; readonly path: string }
  | { readonly kind: 'done'; readonly document: ConvertedDocument }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** An error as data: classes do not cross threads. */
export type Failure =
  | {
      readonly kind: 'conversion';
      readonly code: ConversionErrorCode;
      readonly message: string;
      readonly attempts: readonly ConversionAttempt[];
      readonly cause: string | undefined;
    }
  | { readonly kind: 'setup'; readonly message: string; readonly cause: string | undefined };
