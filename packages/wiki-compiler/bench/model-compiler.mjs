// What this package costs around a model that answers at once: processor time, memory and prompt tokens a document, at
// 0, 100, 500 and 5,000 existing pages, without and with a view that knows the facts of pages; beside it, as
// the floor, reading the facts of all pages once. Bars: tokens at 5,000 pages at most 1.3 times those at 100;
// at most 150 ms a document at 5,000 pages where the view knows the facts, as the program's does.
import { pageFacts } from '@openkb/wiki';

import { createModelCompiler } from '../dist/index.js';
import { answeringModel, documentOf, wikiOf } from './support/model-wiki.mjs';

const ROUNDS = Number(process.env.OPENKB_BENCH_ROUNDS ?? 7);
const SIZES = [0, 100, 500, 5000];
const OPTIONS = {
  language: 'en',
  entityTypes: ['person', 'organization', 'place', 'product', 'work', 'event', 'other'],
};

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const tokens = new Map();

console.log(
  'pages | facts | ms a document | floor ms | times the floor | heap MiB | requests | prompt tokens',
);
for (const size of SIZES)
  for (const known of [false, true]) {
    const wiki = wikiOf(size, known);
    const [times, floors] = [[], []];
    let [heap, usage] = [0, undefined];
    for (let round = 0; round < ROUNDS; round += 1) {
      const compiler = createModelCompiler({ model: answeringModel() });
      const before = process.memoryUsage().heapUsed;
      const start = cpu();
      // oxlint-disable-next-line no-await-in-loop -- one after the other is what is measured
      ({ usage } = await compiler.compile(documentOf(round), wiki, OPTIONS));
      times.push(cpu() - start);
      heap = Math.max(heap, process.memoryUsage().heapUsed - before);
      floors.push(readAll(wiki));
    }
    tokens.set(size, usage.inputTokens);
    const [time, floor] = [median(times), median(floors)];
    const row = [
      size,
      known ? 'known' : 'read',
      time.toFixed(1),
      floor.toFixed(1),
      (time / Math.max(floor, 0.1)).toFixed(1),
      (heap / 2 ** 20).toFixed(0),
      usage.requests,
      usage.inputTokens,
    ];
    console.log(row.join(' | '));
    if (size === 5000 && known) bar('ms a document at 5,000 pages', time, 150);
  }
bar('tokens at 5,000 pages, times those at 100', tokens.get(5000) / tokens.get(100), 1.3);

/** Milliseconds of processor time of this process: other work on the machine does not count. */
function cpu() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Milliseconds for the facts of every page. */
function readAll(wiki) {
  const start = cpu();
  for (const directory of ['concepts', 'entities', 'summaries'])
    for (const path of wiki.list(directory)) pageFacts(path, wiki.read(path));
  return cpu() - start;
}

function bar(what, value, limit) {
  const kept = value <= limit;
  console.log(`${kept ? 'kept' : 'BROKEN'}: ${what}: ${value.toFixed(2)} (at most ${limit})`);
  if (!kept) process.exitCode = 1;
}
