// The commands that read, as whole processes, at several sizes of a knowledge base: the first time, when
// nothing is kept of its pages, and later. In turn with floors: the start of Node, asking for the state
// of every file, reading every file.
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { CLI, makeKnowledgeBase } from './support/knowledge-base.mjs';
import { run } from './support/process.mjs';
import { titleOf } from './support/prose.mjs';
import { bar, median, spread, table, title } from './support/report.mjs';
import { markdownDocument } from './support/text.mjs';

const SIZES = (process.env.OPENKB_BENCH_PAGES ?? '100,10000,50000').split(',').map(Number);
/** Rounds, of the first time and of later: fewer where one takes long. */
const roundsOf = (pages) => (pages > 20_000 ? [1, 5] : pages > 1000 ? [3, 9] : [3, 11]);

const FLOOR = fileURLToPath(new URL('support/floor.mjs', import.meta.url));
const start = { name: "node -e ''", args: ['-e', ''] };
const help = { name: 'openkb --help', args: [CLI, '--help'], floor: start };

/** Runs everything in turn; prints a table. @returns name -> medians and peak */
function measure(pages) {
  const root = makeKnowledgeBase(pages);
  try {
    const [first, later] = roundsOf(pages);
    const rows = rowsOf(root, pages).map((row) =>
      Object.assign(row, { first: [], later: [], peaks: [] }),
    );
    const [usual, afterAdds] = [
      rows.filter(({ before }) => !before),
      rows.filter(({ before }) => before),
    ];
    for (let round = 0; round < first; round += 1) {
      for (const row of usual.filter(({ keeps }) => keeps)) {
        rmSync(join(root, '.openkb/cache'), { recursive: true, force: true });
        measureRow(row, row.first, { memory: true });
      }
    }
    for (const group of [usual, afterAdds]) {
      for (let round = 0; round < later; round += 1)
        for (const row of group) measureRow(row, row.later);
      for (const row of group) measureRow(row, [], { memory: true });
    }
    print(pages, rows);
    return new Map(rows.map((row) => [row.name, medians(row)]));
  } finally {
    rmSync(root, { recursive: true });
  }
}

const medians = ({ first, later, peaks }) => ({
  first: median(first),
  later: median(later),
  peak: Math.max(...peaks),
});

function measureRow({ args, before, peaks }, times, options) {
  before?.();
  const { time, peak } = run(args, options);
  times.push(time);
  if (!Number.isNaN(peak)) peaks.push(peak);
}

/** `keeps`: it keeps something of the pages, so that its first time is another; `before`: what each run comes after. */
function rowsOf(root, pages) {
  const at = (command, ...args) => [CLI, command, '--kb', root, '--quiet', ...args];
  const stat = { name: 'state of every file', args: [FLOOR, 'stat', root] };
  const read = { name: 'reading every page', args: [FLOOR, 'read', join(root, 'wiki')] };
  const [word, other] = titleOf(pages >> 1).split(' ');
  const search = at('search', word, other, 'report');
  const document = join(tmpdir(), `openkb-bench-${process.pid}.md`);
  let number = 0;
  const add = () => {
    number += 1;
    writeFileSync(document, markdownDocument(number));
    run(at('add', document));
    rmSync(document);
  };
  return [
    start,
    stat,
    read,
    help,
    { name: 'status', args: at('status'), floor: stat },
    { name: 'list', args: at('list'), floor: stat },
    { name: 'search', args: search, floor: stat, keeps: true },
    { name: 'search, a word misspelt', args: at('search', `${word}x`), floor: stat },
    { name: 'lint', args: at('lint', '--no-model'), floor: stat, keeps: true },
    { name: 'visualize', args: at('visualize'), floor: read, keeps: true },
    ...(pages > 20_000
      ? []
      : [{ name: 'search, right after an add', args: search, floor: stat, before: add }]),
  ];
}

function print(pages, rows) {
  title(`${pages} pages: ms as least / median / most of whole processes, in turn`);
  const byName = new Map(rows.map((row) => [row.name, row]));
  const ratio = (floor, times) =>
    floor && times.length > 0 ? (median(times) / median(byName.get(floor).later)).toFixed(2) : '';
  table([
    ['', 'first time', '/ reading', 'later', 'floor', '/ floor', 'peak MiB'],
    ...rows.map((row) => [
      row.name,
      row.first.length > 0 ? spread(row.first) : '',
      ratio('reading every page', row.first),
      spread(row.later),
      row.floor?.name ?? '',
      ratio(row.floor?.name, row.later),
      Math.max(...row.peaks).toFixed(0),
    ]),
  ]);
}

const seen = new Map();
for (const pages of SIZES) seen.set(pages, measure(pages));
console.log();
const of = (pages, name) => seen.get(pages)?.get(name);
const under = (name, { pages, limit, memory = Infinity, first = false }) => {
  const found = of(pages, name);
  if (found === undefined) return;
  const time = first ? found.first : found.later;
  const limits = memory === Infinity ? `${limit} ms` : `${limit} ms and ${memory} MiB`;
  const figure = `${time.toFixed(0)} ms, ${found.peak.toFixed(0)} MiB`;
  const which = first ? ', the first time,' : '';
  bar(
    `${name} at ${pages} pages${which} under ${limits}`,
    time < limit && found.peak < memory,
    figure,
  );
};
under('openkb --help', { pages: SIZES[0], limit: 120 });
under('status', { pages: 10_000, limit: 300 });
under('search', { pages: 10_000, limit: 400 });
under('search, a word misspelt', { pages: 10_000, limit: 400 });
under('search, right after an add', { pages: 10_000, limit: 400 });
under('lint', { pages: 50_000, limit: 5000, memory: 500 });
under('lint', { pages: 50_000, limit: 5000, memory: 500, first: true });
