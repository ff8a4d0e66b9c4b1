// Each format, in fresh processes by turns: MB a second of documents whose text parts have 5 MB unpacked, and of
// files of 5 MB that are mostly a picture; a PDF of 700 pages; pandoc and pdftotext where they are installed; the
// bars, with whether they are met. Processor time stands beside the clock's: other programs may be running.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { loadBuilders } from './support/builders.mjs';
import { makers } from './support/documents.mjs';
import { pdfOfPages } from './support/pdf.mjs';

const ROUNDS = Number(process.env.OPENKB_BENCH_ROUNDS ?? 3);
const SIZE = Number(process.env.OPENKB_BENCH_BYTES ?? 5_000_000);
const PAGES = 700;
const MIB = 2 ** 20;
const CHILD = fileURLToPath(new URL('support/run-format.mjs', import.meta.url));
const CLI = fileURLToPath(new URL('../../../apps/cli/dist/cli.js', import.meta.url));
/** What pandoc reads. */
const PANDOC = new Set(['docx', 'odt', 'epub', 'html', 'rtf', 'csv', 'md']);

const directory = mkdtempSync(join(tmpdir(), 'openkb-bench-'));
try {
  await measureAll();
} finally {
  rmSync(directory, { recursive: true });
}

async function measureAll() {
  const files = Object.entries(makers(await loadBuilders(directory))).map(([name, make]) =>
    write(name, make(SIZE)),
  );
  files.push(write(`${PAGES} pages.pdf`, pdfOfPages(PAGES)));
  const small = write('small.md', '# Small\n\nA page of text.\n');
  const installed = new Set(
    ['pandoc', 'pdftotext'].filter((name) => spawnSync(name, ['-v']).error === undefined),
  );
  const missing = ['pandoc', 'pdftotext'].filter((name) => !installed.has(name));
  if (missing.length > 0) console.log(`not installed, left out: ${missing.join(', ')}`);

  const runs = new Map(files.map((path) => [path, []]));
  const others = new Map(files.map((path) => [path, []]));
  const wholes = [];
  const starts = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const path of files) {
      runs.get(path).push(JSON.parse(ran(process.execPath, [CHILD, path]).output));
      const other = otherProgram(path, installed);
      if (other !== undefined) others.get(path).push(ran(...other).time);
    }
    starts.push(ran(process.execPath, ['-e', '0']).time);
    if (existsSync(CLI))
      wholes.push(
        ran(process.execPath, [CLI, 'convert', small, '-o', join(directory, 'out')]).time,
      );
  }
  const found = new Map(files.map((path) => [basename(path), report(path)]));
  reportBars(found);
  const start = median(starts);
  if (wholes.length === 0)
    console.log('openkb convert small.md: left out, the command line is not built');
  else
    bar(
      `openkb convert small.md, whole process, ms (of them ${start.toFixed(0)} start of Node)`,
      median(wholes),
      250,
    );

  function report(path) {
    const of = (name) => median(runs.get(path).map((run) => run[name]));
    const pages = runs.get(path)[0].pages;
    return {
      bytes: statSync(path).size,
      pages,
      wall: of('wall'),
      processor: of('processor'),
      peak: of('peak') / MIB,
      other: others.get(path).length > 0 ? median(others.get(path)) : undefined,
    };
  }
}

function reportBars(found) {
  row('document', 'file MB', 'text MB', 'ms', 'processor ms', 'MB or pages a second', 'peak MiB');
  for (const [name, { bytes, pages, wall, processor, peak, other }] of found) {
    const rate = pages
      ? `${per(pages, wall)} pages`
      : `${per((work(name) ?? bytes) / 1e6, wall)} MB`;
    const beside =
      other === undefined ? [] : [`other program, whole process: ${other.toFixed(0)} ms`];
    row(
      name,
      (bytes / 1e6).toFixed(1),
      work(name) ? (SIZE / 1e6).toFixed(1) : '',
      wall.toFixed(0),
      processor.toFixed(0),
      rate,
      peak.toFixed(0),
      ...beside,
    );
  }
  console.log('');
  for (const name of ['pictures.docx', 'pictures.pptx', 'text.docx', 'text.pptx', 'text.xlsx'])
    bar(`${name} of ${SIZE / 1e6} MB, ms`, found.get(name).wall, 2000);
  const pdf = found.get(`${PAGES} pages.pdf`);
  bar('PDF, ms a page (100 pages a second)', pdf.wall / PAGES, 10);
  bar(`PDF of ${PAGES} pages, peak MiB`, pdf.peak, 300);
}

function otherProgram(path, installed) {
  const format = path.slice(path.lastIndexOf('.') + 1);
  if (format === 'pdf')
    return installed.has('pdftotext') ? ['pdftotext', ['-layout', path, '-']] : undefined;
  return PANDOC.has(format) && installed.has('pandoc')
    ? ['pandoc', ['-t', 'gfm', path]]
    : undefined;
}

function ran(program, args) {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 29,
  });
  const time = performance.now() - start;
  if (status !== 0)
    throw new Error(`"${program} ${args.join(' ')}" ended with ${status}: ${stderr}`);
  return { time, output: stdout };
}

/** Bytes of the text parts of a document of text. */
function work(name) {
  return name.startsWith('text') ? SIZE : undefined;
}

function bar(name, value, most) {
  row(value <= most ? 'met' : 'NOT met', name, value.toFixed(value < 100 ? 1 : 0), `bar ${most}`);
}

function write(name, content) {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

function row(...cells) {
  console.log(cells.join(' | '));
}

function per(amount, milliseconds) {
  return ((amount * 1000) / milliseconds).toFixed(amount > 99 ? 0 : 1);
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}
