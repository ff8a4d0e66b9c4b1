// Pages a second and peak memory of PDFs, in fresh processes by turns: PDFium's bare text as the floor,
// the conversion in the process, and the conversion in a thread; pdftotext where it is installed. Files
// named on the command line are read as well.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { pdfOfPages } from './support/pdf.mjs';

const ROUNDS = Number(process.env.OPENKB_BENCH_ROUNDS ?? 3);
const SIZES = (process.env.OPENKB_BENCH_PDF_PAGES ?? '100,1000').split(',').map(Number);
const CHILD = new URL('support/run-pdf.mjs', import.meta.url).pathname;
const WAYS = ['floor', 'convert', 'thread'];

const directory = mkdtempSync(join(tmpdir(), 'openkb-bench-'));
const made = SIZES.map((pages) => {
  const path = join(directory, `${pages} pages.pdf`);
  writeFileSync(path, pdfOfPages(pages));
  return path;
});

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const hasPdftotext = spawnSync('pdftotext', ['-v']).error === undefined;

console.log('file | way | pages a second | times the floor | peak MiB');
for (const path of [...made, ...process.argv.slice(2)]) {
  const runs = Object.fromEntries(WAYS.map((way) => [way, []]));
  const others = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const way of WAYS)
      runs[way].push(
        JSON.parse(execFileSync(process.execPath, [CHILD, way, path], { encoding: 'utf8' })),
      );
    if (!hasPdftotext) continue;
    const start = performance.now();
    execFileSync('pdftotext', ['-layout', path, '-']);
    others.push(performance.now() - start);
  }
  const floor = median(runs.floor.map(({ time }) => time));
  const { pages } = runs.floor[0];
  for (const way of WAYS) {
    const time = median(runs[way].map((run) => run.time));
    const peak = median(runs[way].map((run) => run.peak)) / 2 ** 20;
    row(way, time, peak.toFixed(0));
  }
  if (others.length > 0) row('pdftotext -layout', median(others), '');

  function row(way, time, peak) {
    const rate = ((pages * 1000) / time).toFixed(0);
    console.log([basename(path), way, rate, (time / floor).toFixed(2), peak].join(' | '));
  }
}
rmSync(directory, { recursive: true });
