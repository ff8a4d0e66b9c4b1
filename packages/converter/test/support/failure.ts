import type { ConversionError } from '../../src/index.ts';

/** What a promise is rejected with; it is an error that it is fulfilled. */
export async function failure(promise: Promise<unknown>): Promise<ConversionError> {
  try {
    await promise;
  } catch (error) {
    return error as ConversionError;
  }
  throw new Error('The promise was fulfilled.');
}
