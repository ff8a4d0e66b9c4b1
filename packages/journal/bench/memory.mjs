// Peak memory of whole processes, against one that has started and does nothing: a commit, a whole
// add, rollback and recovery at growing sizes, and a large raw file.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { makeKnowledgeBase, SIZES } from './support/knowledge-base.mjs';
import { bar, median, ms, table, title } from './support/report.mjs';
import { crash, runStep } from './support/run-child.mjs';

const ROUNDS = 5;
const MEBIBYTE = 1 << 20;
const GIBIBYTE = 1 << 30;

const REPORT = new URL('support/report.mjs', import.meta.url).href;
const IDLE = `import { peakMemory } from '${REPORT}'; console.log(peakMemory())`;
const idle = median(
  Array.from({ length: ROUNDS }, () =>
    Number(execFileSync(process.execPath, ['--input-type=module', '-e', IDLE])),
  ),
);

let round = 0;
const peak = (step, root) => {
  const peaks = Array.from({ length: ROUNDS }, () => {
    round += 1;
    if (step === 'recover') crash(root, round);
    return runStep(step, root, round).peak;
  });
  return median(peaks);
};

const rows = SIZES.map((pages) => {
  const root = makeKnowledgeBase(pages);
  const steps = ['idle', 'commit', 'rollback', 'recover', 'add'];
  const peaks = steps.map((step) => peak(step, root));
  rmSync(root, { recursive: true });
  return { pages, peaks };
});

title(`peak memory in MiB; medians of ${ROUNDS} processes; an idle one has ${ms(idle)}`);
table([
  ['pages in the directory', 'journal loaded', 'commit', 'rollback', 'recovery', 'whole add'],
  ...rows.map(({ pages, peaks }) => [pages, ...peaks.map(ms)]),
]);

const root = mkdtempSync(join(tmpdir(), 'openkb-bench-'));
for (const name of ['.openkb', 'raw']) mkdirSync(join(root, name));
const { bavail, bsize } = statfsSync(root);
// sparse, but a file system that does not know holes must have room for it
const size = bavail * bsize > 4 * GIBIBYTE ? 2 * GIBIBYTE : GIBIBYTE / 2;
const hashed = runStep('publish', root, size);
const known = runStep('publishKnown', root, size);
rmSync(root, { recursive: true });
console.log(`\na sparse raw file of ${size / MEBIBYTE} MiB, published:`);
console.log(`hashed on the way: peak ${ms(hashed.peak)} MiB, ${ms(hashed.ms)} ms`);
console.log(`its hash known: peak ${ms(known.peak)} MiB, ${ms(known.ms)} ms\n`);

const most = Math.max(...rows.flatMap(({ peaks }) => peaks.slice(1, 4))) - idle;
const mostOfAdd = Math.max(...rows.map(({ peaks }) => peaks.at(-1))) - idle;
bar(
  'peak memory within 20 MiB of an idle process, whatever the size',
  Math.max(most, mostOfAdd) <= 20,
  `15 pages +${ms(most)} MiB; a whole add, which holds index.md and registry, +${ms(mostOfAdd)} MiB`,
);
const large = Math.max(hashed.peak, known.peak) - idle;
bar(
  `a raw file of ${size / MEBIBYTE} MiB published without reading it into memory`,
  large < 64,
  `+${ms(large)} MiB`,
);
