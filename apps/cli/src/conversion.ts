import type { ConversionWorker, ConversionWorkerLimits } from '@openkb/converter';

import { usageError } from './errors.ts';
import type { Services } from './services.ts';
import { BUNDLED } from './version.ts';

const SECONDS = 'OPENKB_CONVERT_SECONDS';
const MEBIBYTES = 'OPENKB_CONVERT_MEMORY';

/**
 * Converts in a thread that is ended when a document takes too long or too much memory. No thread can run
 * the sources on Node 20: from there a document is converted in this thread, without limits.
 */
export function conversion(
  environment: Readonly<Record<string, string | undefined>>,
): Services['convert'] {
  let worker: ConversionWorker | undefined;
  return async (source, options) => {
    const { convert, createConversionWorker } = await import('@openkb/converter');
    if (!BUNDLED) return convert(source, options);
    worker ??= createConversionWorker({
      program: new URL('converter-thread.js', import.meta.url),
      limits: conversionLimits(environment),
    });
    return worker.convert(source, options);
  };
}

/**
 * The limits that the environment sets.
 * @throws {CliError} `usage` for what is no positive number
 */
export function conversionLimits(
  environment: Readonly<Record<string, string | undefined>>,
): Partial<ConversionWorkerLimits> {
  const seconds = positive(environment, SECONDS);
  const mebibytes = positive(environment, MEBIBYTES);
  const milliseconds = seconds === undefined ? undefined : Math.min(seconds * 1000, 2 ** 31 - 1);
  return {
    // who gives a document its time means all of it, whatever the pages take
    ...(milliseconds !== undefined && { milliseconds, stalledMilliseconds: milliseconds }),
    ...(mebibytes !== undefined && { memoryBytes: mebibytes * 2 ** 20 }),
  };
}

function positive(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
): number | undefined {
  const value = environment[name] ?? '';
  if (value === '') return undefined;
  if (Number(value) > 0 && Number.isFinite(Number(value))) return Number(value);
  throw usageError(
    `${name} is "${value}", which is no positive number`,
    'Correct it, or unset it.',
  );
}
