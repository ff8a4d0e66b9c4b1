// Whole processes: start, add, status, lint and search in a small and a larger wiki, in turn with the
// start of Node itself; and lint in a very large one, with the memory that it takes.
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { CLI, makeKnowledgeBase, temporaryDirectory } from './support/knowledge-base.mjs';
import { pdfDocument } from './support/pdf.mjs';
import { bar, median, ms, table, title } from './support/report.mjs';
import { markdownDocument } from './support/text.mjs';

const ROUNDS = 9;
const SIZES = (process.env.OPENKB_BENCH_CLI_PAGES ?? '100,5000').split(',').map(Number);

/** Milliseconds of a whole process. */
function run(args) {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const time = performance.now() - start;
  // a check that finds something has done its work
  if (status !== 0 && !(status === 1 && args.includes('lint')))
    throw new Error(`"${args.join(' ')}" ended with ${status}: ${stderr}`);
  return time;
}

const documents = temporaryDirectory();
let number = 0;
function fresh(ending, make) {
  number += 1;
  const path = join(documents, `document ${number}${ending}`);
  writeFileSync(path, make(number));
  return path;
}

const markdown = () => fresh('.md', markdownDocument);
const pdf = () => fresh('.pdf', (seed) => pdfDocument(seed, 15));

const bases = SIZES.map((pages) => ({ pages, root: makeKnowledgeBase(pages) }));
const openkb = (...args) => [CLI, ...args];
const rows = [
  { name: 'node -e 0', args: () => ['-e', '0'] },
  { name: 'openkb --help', args: () => openkb('--help') },
  ...bases.flatMap(({ pages, root }) => {
    const at = ['--kb', root, '--quiet'];
    const there = `, ${pages} pages`;
    return [
      { name: `add, 3 KB of Markdown${there}`, args: () => openkb('add', ...at, markdown()) },
      { name: `add, PDF of 15 pages${there}`, args: () => openkb('add', ...at, pdf()) },
      { name: `status${there}`, args: () => openkb('status', ...at) },
      { name: `lint${there}`, args: () => openkb('lint', ...at, '--no-model') },
      { name: `search${there}`, args: () => openkb('search', ...at, 'fog', 'horn', 'steam') },
    ];
  }),
];
const times = rows.map(() => []);

for (let round = 0; round < ROUNDS; round += 1) {
  for (const [n, { args }] of rows.entries()) times[n].push(run(args()));
}
rmSync(documents, { recursive: true });
for (const { root } of bases) rmSync(root, { recursive: true });

const start = median(times[0]);
title(`whole processes: medians of ${ROUNDS} rounds, in turn`);
table([
  ['command', 'ms', 'beyond the start of Node, ms', 'ratio to the start of Node'],
  ...rows.map(({ name }, n) => {
    const time = median(times[n]);
    return [name, ms(time), ms(time - start), (time / start).toFixed(2)];
  }),
]);

const MANY = Number(process.env.OPENKB_BENCH_LINT_PAGES ?? 50000);
const TELL =
  "data:text/javascript,process.on('exit',()=>process.stderr.write('peak '+process.resourceUsage().maxRSS))";
const many = makeKnowledgeBase(MANY);
const lints = Array.from({ length: 5 }, () => {
  const begun = performance.now();
  const args = ['--import', TELL, CLI, 'lint', '--kb', many, '--no-model'];
  const { stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  const peak = Number(/peak (\d+)/.exec(stderr)?.[1]) / 1024;
  return { time: performance.now() - begun, peak };
});
rmSync(many, { recursive: true });
const [cold, ...warm] = lints;
const usual = median(warm.map(({ time }) => time));
const most = Math.max(...lints.map(({ peak }) => peak));
title(`lint of ${MANY} pages: the first time, and medians of ${warm.length} more`);
table([
  ['', 'ms', 'peak of memory, MiB'],
  ['nothing kept of the pages', ms(cold.time), ms(cold.peak)],
  ['facts of the pages kept', ms(usual), ms(median(warm.map(({ peak }) => peak)))],
]);
bar('under 5 s and 500 MiB', usual < 5000 && most < 500, `${ms(usual)} ms, ${ms(most)} MiB`);
