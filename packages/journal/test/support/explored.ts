/** Hands what a loop has explored to the summary at the end of the run. */
import { appendFileSync } from 'node:fs';

import { formatReport, type Report } from '@openkb/test-kit/crash-loop';

export const EXPLORED_FILE = 'OPENKB_EXPLORED';

/** In the order in which they are printed. */
export const FIGURES = [
  'operations',
  'crash points',
  'images',
  'recoveries',
  'faults',
  'lies',
  'kills',
  'violations',
] as const;

export type Explored = { readonly [figure in (typeof FIGURES)[number]]?: number };

/** With `OPENKB_THOROUGH=1` each loop looks at more than 100,000 images. */
export const thorough = process.env['OPENKB_THOROUGH'] === '1';

export function explored(figures: Explored): void {
  const file = process.env[EXPLORED_FILE];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(figures)}\n`);
}

/** @returns the report in words, for the message of a failed expectation */
export function exploredLoop(report: Report): string {
  explored({
    operations: report.operations,
    'crash points': report.crashPoints,
    images: report.images + report.nestedImages,
    recoveries: report.recoveries,
    faults: report.faults,
    violations: report.violationCount,
  });
  return formatReport(report);
}
