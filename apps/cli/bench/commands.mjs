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
const roundsOf = (pages) => (pages > 20_000 ? [1, 3] : pages > 1000 ? [3, 7] : [3, 9]);

/** Rounds that tell memory and processor time. */
const TOLD = 2;

const FLOOR = fileURLToPath(new URL('support/floor.mjs', import.meta.url));
const start = { name: "node -e ''", args: ['-e', ''] };
const help = { name: 'openkb --help', args: [CLI, '--help'], floor: start };

/** Runs everything in turn; prints a table. @returns name -> medians and peaks */
function measure(pages) {
  const root = makeKnowledgeBase(pages);
  try {
    const rows = rowsOf(root, pages).map((row) =>
      Object.assign(row, {
        first: [],
        later: [],
        processor: { first: [], later: [] },
        peaks: { first: 0, later: 0 },
      }),
    );
    const [first, later] = roundsOf(pages);
    measureFirst(root, rows, first);
    const usual = rows.filter(({ before }) => !before);
    for (const group of [usual, rows.filter(({ before }) => before)]) {
      for (let round = 0; round < later; round += 1)
        for (const row of group) measureRow(row, 'later');
      for (let round = 0; round < TOLD; round += 1)
        for (const row of group) measureRow(row, 'later', { tell: true });
    }
    print(pages, rows);
    return new Map(rows.map((row) => [row.name, row]));
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** Leaves everything that is kept of the pages. */
function measureFirst(root, rows, rounds) {
  const keeping = rows.filter(({ keeps }) => keeps);
  for (let round = 0; round < rounds; round += 1) {
    for (const row of keeping) {
      rmSync(join(root, '.openkb/cache'), { recursive: true, force: true });
      measureRow(row, 'first', { tell: true });
    }
  }
  for (const { args } of keeping) run(args);
}

function measureRow(row, when, options) {
  row.before?.();
  const { time, peak, processor } = run(row.args, options);
  if (options?.tell) {
    row.peaks[when] = Math.max(row.peaks[when], peak);
    row.processor[when].push(processor);
  }
  // what tells takes a few milliseconds itself
  if (when === 'first' || !options?.tell) row[when].push(time);
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

const mebibytes = (peak) => (peak > 0 ? peak.toFixed(0) : '');
const usually = (times) => (times.length > 0 ? median(times).toFixed(0) : '');

function print(pages, rows) {
  title(`${pages} pages: ms as least / median / most of whole processes, in turn`);
  const byName = new Map(rows.map((row) => [row.name, row]));
  const ratio = (floor, times) =>
    floor && times.length > 0 ? (median(times) / median(byName.get(floor).later)).toFixed(2) : '';
  const kept = rows.filter(({ keeps }) => keeps);
  table([
    ['the first time', 'ms', 'of the processor', 'to reading every page', 'MiB'],
    ...kept.map(({ name, first, processor, peaks }) => [
      name,
      spread(first),
      usually(processor.first),
      ratio('reading every page', first),
      mebibytes(peaks.first),
    ]),
  ]);
  console.log();
  table([
    ['later', 'ms', 'of the processor', 'to its floor', '', 'MiB'],
    ...rows.map(({ name, later, processor, floor, peaks }) => [
      name,
      spread(later),
      usually(processor.later),
      ratio(floor?.name, later),
      floor?.name ?? '',
      mebibytes(peaks.later),
    ]),
  ]);
}

// a machine that others use gives a process but a part of its time: then see what it takes of the processor
const seen = new Map();
for (const pages of SIZES) seen.set(pages, measure(pages));
console.log();
for (const { name, pages, limit, memory = Infinity, when = 'later' } of [
  { name: 'openkb --help', pages: SIZES[0], limit: 120 },
  { name: 'status', pages: 10_000, limit: 300 },
  { name: 'search', pages: 10_000, limit: 400 },
  { name: 'search, a word misspelt', pages: 10_000, limit: 400 },
  { name: 'search, right after an add', pages: 10_000, limit: 400 },
  { name: 'lint', pages: 50_000, limit: 5000, memory: 500 },
  { name: 'lint', pages: 50_000, limit: 5000, memory: 500, when: 'first' },
]) {
  const row = seen.get(pages)?.get(name);
  if (row === undefined) continue;
  const [time, peak] = [median(row[when]), row.peaks[when]];
  const limits = memory === Infinity ? `${limit} ms` : `${limit} ms and ${memory} MiB`;
  const where = name.startsWith('openkb') ? '' : ` at ${pages} pages`;
  bar(
    `${name}${where}${when === 'first' ? ', the first time,' : ''} under ${limits}`,
    time < limit && peak < memory,
    `${time.toFixed(0)} ms, ${usually(row.processor[when])} ms of the processor, ${peak.toFixed(0)} MiB`,
  );
}
