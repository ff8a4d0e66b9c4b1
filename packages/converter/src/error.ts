/**
 * Why a source could not be made a document.
 *
 * - `empty`: the source has no bytes, or nothing to read in them
 * - `damaged`: the format is known and the bytes are broken
 * - `password-needed`: encrypted; `ConvertOptions.password` is missing or wrong
 * - `unsupported`: a format that no converter reads
 * - `too-large`: over a limit of `ConvertOptions.limits`
 * - `binary`: named as text, but the bytes are not text
 * - `timeout`: the signal ended the work with a `TimeoutError`, or a conversion worker its time limit
 * - `out-of-memory`: over the memory limit of a conversion worker
 * - `crashed`: the thread of a conversion worker broke down on the source
 */
export type ConversionErrorCode =
  | 'empty'
  | 'damaged'
  | 'password-needed'
  | 'unsupported'
  | 'too-large'
  | 'binary'
  | 'timeout'
  | 'out-of-memory'
  | 'crashed';

/** One converter that looked at the source, and why it gave up. */
export interface ConversionAttempt {
  readonly converter: string;
  readonly reason: string;
}

interface ConversionErrorOptions {
  readonly cause?: unknown;
  readonly attempts?: readonly ConversionAttempt[];
}

/** The one error of this package. `message` is one sentence that names the source in quotes. */
export class ConversionError extends Error {
  override readonly name = 'ConversionError';
  readonly code: ConversionErrorCode;
  readonly attempts: readonly ConversionAttempt[];

  constructor(code: ConversionErrorCode, message: string, options: ConversionErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.attempts = options.attempts ?? [];
  }
}
