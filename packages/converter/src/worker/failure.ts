import { ConversionError } from '../error.ts';
import { SetupError } from '../setup-error.ts';
import type { Failure } from './protocol.ts';

/** An error as data. What is neither a source's fault nor the installation's counts as a broken source. */
export function encodeFailure(name: string, error: unknown): Failure {
  const cause =
    error instanceof Error && error.cause !== undefined ? words(error.cause) : undefined;
  if (error instanceof ConversionError) {
    const { code, message, attempts } = error;
    return { kind: 'conversion', code, message, attempts, cause };
  }
  if (error instanceof SetupError) return { kind: 'setup', message: error.message, cause };
  return {
    kind: 'conversion',
    code: 'damaged',
    message: `"${name}" cannot be read: ${words(error)}`,
    attempts: [],
    cause,
  };
}

export function decodeFailure(failure: Failure): Error {
  const options = failure.cause === undefined ? {} : { cause: new Error(failure.cause) };
  if (failure.kind === 'setup') return new SetupError(failure.message, options);
  const { code, message, attempts } = failure;
  return new ConversionError(code, message, { ...options, attempts });
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
