/**
 * `short-write`: the disk stored less than it was given, without an error of its own.
 * `outcome-unknown`: an append or a change of case failed and could not be taken back.
 * `not-a-file`: the path leads to a pipe or a device, which has no bytes to read or to append to.
 */
export type AtomicFsErrorCode = 'short-write' | 'outcome-unknown' | 'not-a-file';

/** What this package finds by itself; the errors of the system pass through with their own `code`. */
export class AtomicFsError extends Error {
  override readonly name = 'AtomicFsError';
  readonly code: AtomicFsErrorCode;

  constructor(code: AtomicFsErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The `code` of an error of the system, or `undefined`. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
