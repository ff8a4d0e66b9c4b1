import { createConversionWorker, type ConversionWorker } from '../../src/index.ts';
import type { ConversionWorkerLimits } from '../../src/index.ts';

/** A worker whose thread runs the sources; it ends with the test. */
export function testWorker(
  onTestFinished: (end: () => Promise<void>) => void,
  limits: Partial<ConversionWorkerLimits> = {},
  program = process.env['OPENKB_TEST_THREAD'] ?? '',
): ConversionWorker {
  const worker = createConversionWorker({ program, limits });
  onTestFinished(() => worker.close());
  return worker;
}
