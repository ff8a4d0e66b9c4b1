/** The entries of a ZIP container within limits; yauzl refuses lying sizes and names that leave the archive. */
import type { Entry, ZipFile } from 'yauzl';

import { ConversionError } from '../error.ts';
import type { ConversionLimits } from '../options.ts';

interface ZipOptions {
  /** Name of the source, for errors. */
  readonly name: string;
  readonly limits: Pick<ConversionLimits, 'zipEntries' | 'unpackedBytes'>;
  readonly signal?: AbortSignal | undefined;
}

/** Path to bytes, in the order of the archive. Throws `damaged` or `too-large`. */
export async function readZip(
  bytes: Uint8Array,
  { name, limits, signal }: ZipOptions,
): Promise<Map<string, Uint8Array>> {
  const { fromBufferPromise } = await import('yauzl');
  const files = new Map<string, Uint8Array>();
  let zip: ZipFile | undefined;
  let total = 0;
  try {
    zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    if (zip.entryCount > limits.zipEntries) throw tooLarge(name, `${zip.entryCount} entries`);
    for await (const entry of zip.eachEntry()) {
      signal?.throwIfAborted();
      if (entry.fileName.endsWith('/')) continue;
      total += entry.uncompressedSize;
      if (total > limits.unpackedBytes) throw tooLarge(name, `over ${limits.unpackedBytes} bytes`);
      files.set(entry.fileName, await readEntry(zip, entry));
    }
    return files;
  } catch (error) {
    if (error instanceof ConversionError || signal?.aborted === true) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConversionError('damaged', `"${name}" is a damaged archive: ${reason}.`, {
      cause: error,
    });
  } finally {
    zip?.close();
  }
}

async function readEntry(zip: ZipFile, entry: Entry): Promise<Uint8Array> {
  const stream = await zip.openReadStreamPromise(entry);
  const chunks: Buffer[] = [];
  // yauzl ends the stream with an error when it gives more or less than the entry declares
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function tooLarge(name: string, what: string): ConversionError {
  return new ConversionError(
    'too-large',
    `"${name}" unpacks to ${what}, over the limit: it may be made to exhaust the machine.`,
  );
}
