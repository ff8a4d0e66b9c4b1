/**
 * `Source.readAsset` across threads. It answers at once, and so must the thread's: the thread asks by a
 * message, sleeps on a number in shared memory, and takes the answer from its port when the caller's
 * side has put one there and changed the number.
 */
import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';

import type { Source } from '../document.ts';
import type { AssetAnswer } from './protocol.ts';
import { owned } from './transfer.ts';

type ReadAsset = NonNullable<Source['readAsset']>;

/** The thread's side. */
export function assetReader(
  ask: (path: string) => void,
  { assets, answered }: { readonly assets: MessagePort; readonly answered: SharedArrayBuffer },
): ReadAsset {
  const flag = new Int32Array(answered);
  return (path) => {
    Atomics.store(flag, 0, 0);
    ask(path);
    Atomics.wait(flag, 0, 0);
    const answer = receiveMessageOnPort(assets)?.message as AssetAnswer | undefined;
    if (answer !== undefined && 'fault' in answer) throw new Error(answer.fault);
    return answer?.bytes;
  };
}

/** The caller's side: answers one question. */
export function answerAsset(
  path: string,
  readAsset: ReadAsset | undefined,
  { assets, answered }: { readonly assets: MessagePort; readonly answered: SharedArrayBuffer },
): void {
  const answer = answerTo(path, readAsset);
  const memories = 'bytes' in answer && answer.bytes ? [answer.bytes.buffer as ArrayBuffer] : [];
  assets.postMessage(answer, memories);
  const flag = new Int32Array(answered);
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
}

function answerTo(path: string, readAsset: ReadAsset | undefined): AssetAnswer {
  try {
    const bytes = readAsset?.(path);
    // a copy: the caller may keep what it gives
    return { bytes: bytes && owned(Uint8Array.prototype.slice.call(bytes)) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}
