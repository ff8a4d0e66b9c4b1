/** Waits without letting anything else of this thread run: for calls that are synchronous themselves. */
export function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
