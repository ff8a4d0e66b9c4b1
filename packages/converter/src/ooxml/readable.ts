import { ConversionError } from '../error.ts';

/** Says of a document that breaks the reader what is wrong with it; `kind` is what it should have been. */
export async function readable<T>(
  name: string,
  kind: string,
  read: () => T | Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ConversionError || isAbort(error)) throw error;
    const reason =
      error instanceof RangeError
        ? 'its parts are nested too deeply'
        : error instanceof Error
          ? error.message
          : String(error);
    throw new ConversionError(
      'damaged',
      `"${name}" is a damaged ${kind}: ${reason.replace(/\.$/, '')}. Open it in its own program and save it anew.`,
      { cause: error },
    );
  }
}

/** What a signal throws goes through as it is: the caller knows it. */
function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError');
}
