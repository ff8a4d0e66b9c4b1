/* oxlint-disable no-await-in-loop -- what a file goes through, one after the other */
/** W-a to W-e of the failure scenarios: real files, real events, the command as a process of its own. */
import {
  appendFileSync,
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, expect, onTestFinished, test, vi } from 'vitest';

import { realServices } from '../../src/compose.ts';
import { knowledgeBaseAt } from '../../src/knowledge-base/open.ts';
import { type SelfSignals, spawnCli } from '../helpers/child.ts';
import { documentNumber } from '../helpers/documents.ts';
import { faults, read, write } from '../helpers/knowledge-base.ts';
import { run, temporaryDirectory } from '../helpers/run.ts';

// what comes of a change is waited for; each wait ends by itself when it comes to nothing
vi.setConfig({ testTimeout: 1_800_000 });
afterAll(() => vi.resetConfig());
const LONGEST_WAIT = 300_000;

interface Event {
  readonly type: string;
  readonly status?: string;
  readonly source?: string;
  readonly step?: string;
  readonly code?: string;
  readonly added?: number;
  readonly failed?: number;
  readonly waiting?: number;
  readonly exitCode?: number;
}

interface Watch {
  readonly events: Event[];
  /** What standard error has said so far. */
  readonly said: () => string;
  until(found: (events: readonly Event[]) => boolean, what: string): Promise<void>;
  stop(signal?: NodeJS.Signals): Promise<{ code: number | null; err: string }>;
  /** How it ended by itself. */
  readonly ended: Promise<{ code: number | null; err: string }>;
}

async function newKnowledgeBase(): Promise<string> {
  const dir = temporaryDirectory(onTestFinished);
  await run(dir, ['init', 'kb']);
  return join(dir, 'kb');
}

/** Starts a watch and returns once it looks at the directory. */
async function watching(
  kb: string,
  { args = [], itself }: { readonly args?: string[]; readonly itself?: SelfSignals } = {},
): Promise<Watch> {
  const events: Event[] = [];
  let rest = '';
  let said = '';
  const onOut = (text: string): void => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    events.push(...lines.map((line) => JSON.parse(line) as Event));
  };
  const command = ['watch', '--json', '--debounce', '0.4', ...args];
  const child = spawnCli(kb, command, onOut, {}, itself);
  child.process.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  onTestFinished(() => void child.process.kill('SIGKILL'));
  const until: Watch['until'] = async (found, what) => {
    for (let waited = 0; !found(events); waited += 50) {
      if (waited > LONGEST_WAIT) throw new Error(`${what}: ${JSON.stringify(events)} ${said}`);
      await sleep(50);
    }
  };
  await until((all) => all.some(({ type }) => type === 'watching'), 'it begins');
  return {
    events,
    said: () => said,
    until,
    ended: child.ended,
    stop: async (signal = 'SIGINT') => {
      child.process.kill(signal);
      const { code, err } = await child.ended;
      return { code, err };
    },
  };
}

const documents = (events: readonly Event[]) =>
  events
    .filter(({ type }) => type === 'document')
    .map(({ status, source }) => `${status} ${source}`);

const added = (number: number) => (events: readonly Event[]) =>
  events.filter(({ status }) => status === 'added' || status === 'updated').length >= number;

/** The original names of the registered documents. */
const registered = (kb: string) =>
  Object.values(JSON.parse(read(kb, '.openkb/hashes.json')) as Record<string, { name: string }>)
    .map(({ name }) => name)
    .toSorted();

// that it is added once, and not before it stays as it is, is asked of file-states.ts
test('W-a a file that is still being written is one document, and whole in the end', async () => {
  const kb = await newKnowledgeBase();
  const watch = await watching(kb);
  const file = openSync(join(kb, 'raw/growing.md'), 'w');
  for (const part of [documentNumber(1), '\nIt is heard at sea. ', 'It is old. ', 'END\n']) {
    writeSync(file, part);
    await sleep(250);
  }
  closeSync(file);
  await watch.until(added(1), 'it is added');
  const isWhole = () => read(kb, 'wiki/sources/growing.md').includes('END');
  await watch.until(isWhole, 'it is whole');
  expect(registered(kb)).toEqual(['growing.md']);
  expect((await watch.stop()).code).toBe(130);
  expect(faults(kb)).toEqual([]);
});

test('W-b what is moved or renamed into raw/ is added, in new folders too', async () => {
  const kb = await newKnowledgeBase();
  write(kb, {
    '../moved.md': documentNumber(1),
    '../notes/inner.md': documentNumber(2),
    'raw/late.part': documentNumber(3),
  });
  const watch = await watching(kb);
  await sleep(500);
  expect(watch.events.filter(({ type }) => type === 'document')).toEqual([]);
  renameSync(join(kb, '../moved.md'), join(kb, 'raw/moved.md'));
  renameSync(join(kb, '../notes'), join(kb, 'raw/notes'));
  renameSync(join(kb, 'raw/late.part'), join(kb, 'raw/late.md'));
  await watch.until(added(3), 'all are added');
  // a folder that was there before gets a file
  write(kb, { 'raw/notes/second.md': documentNumber(4) });
  await watch.until(added(4), 'the fourth is added');
  await watch.stop();
  expect(registered(kb)).toEqual(['inner.md', 'late.md', 'moved.md', 'second.md']);
  expect(faults(kb).filter((fault) => !fault.includes('raw/notes'))).toEqual([]);
});

test('W-c a file that fails does not stop the others, and is tried again when it changes', async () => {
  const kb = await newKnowledgeBase();
  write(kb, {
    'raw/a-bad.pdf': 'no PDF at all\u0000\u0001\u0002',
    'raw/b-good.md': documentNumber(1),
  });
  const watch = await watching(kb);
  await watch.until(added(1), 'the good one is added');
  await sleep(800);
  expect(documents(watch.events)).toEqual(['failed raw/a-bad.pdf', 'added raw/b-good.md']);
  rmSync(join(kb, 'raw/a-bad.pdf'));
  write(kb, {
    'raw/a-bad.pdf': '<html><body><h1>Lamp</h1><p>The lamp is a light.</p></body></html>',
  });
  await watch.until((all) => documents(all).length >= 3, 'it is tried again');
  const { code } = await watch.stop();
  expect(code).toBe(130);
  const last = watch.events.at(-1);
  expect(last).toMatchObject({ type: 'watched', exitCode: 130 });
});

test('W-c a commit that cannot be made holds the watch up; after that no file is forgotten', async () => {
  const kb = await newKnowledgeBase();
  const watch = await watching(kb);
  // a directory in the way of the page: every commit fails until it goes
  const index = read(kb, 'wiki/index.md');
  rmSync(join(kb, 'wiki/index.md'));
  mkdirSync(join(kb, 'wiki/index.md'));
  write(kb, { 'raw/a.md': documentNumber(1), 'raw/b.md': documentNumber(2) });
  await watch.until((all) => documents(all).length >= 2, 'both fail');
  rmSync(join(kb, 'wiki/index.md'), { recursive: true });
  writeFileSync(join(kb, 'wiki/index.md'), index);
  appendFileSync(join(kb, 'raw/a.md'), '\nMore.\n');
  appendFileSync(join(kb, 'raw/b.md'), '\nMore.\n');
  await watch.until(added(2), 'both are added');
  await watch.stop();
  expect(registered(kb)).toEqual(['a.md', 'b.md']);
  expect(faults(kb)).toEqual([]);
});

test('W-c what makes every file fail is told once, waited out, and no file is forgotten', async () => {
  const kb = await newKnowledgeBase();
  await run(kb, ['config', 'set', 'model', 'openai/gpt-5.4']);
  const watch = await watching(kb);
  write(kb, { 'raw/a.md': documentNumber(1), 'raw/b.md': documentNumber(2) });
  await watch.until(() => watch.said().includes('no file is forgotten'), 'it is told');
  await sleep(3000);
  expect(watch.said().match(/no file is forgotten/g)).toHaveLength(1);
  expect(documents(watch.events)).toEqual([]);
  await run(kb, ['config', 'set', 'model', 'extractive']);
  await watch.until(added(2), 'both are added');
  await watch.stop();
  expect(watch.events.at(-1)).toMatchObject({ added: 2, failed: 0, waiting: 0 });
  expect(faults(kb)).toEqual([]);
});

test('W-c while another process holds the lock for long, files wait, and are added after it', async () => {
  const kb = await newKnowledgeBase();
  const base = knowledgeBaseAt(realServices(), kb, 'somebody else');
  const session = await base.journal.acquire('exclusive');
  onTestFinished(() => session.release());
  const watch = await watching(kb, { args: ['--wait', '0'] });
  write(kb, { 'raw/a.md': documentNumber(1), 'raw/b.md': documentNumber(2) });
  await watch.until(() => watch.said().includes('no file is forgotten'), 'it is told');
  session.release();
  await watch.until(added(2), 'both are added');
  await watch.stop();
  expect(watch.events.at(-1)).toMatchObject({ added: 2, failed: 0, waiting: 0 });
  expect(faults(kb)).toEqual([]);
});

test('W-c what a killed add left unfinished is recovered before the next file', async () => {
  const kb = await newKnowledgeBase();
  const watch = await watching(kb);
  for (let i = 0; i < 4; i += 1) {
    write(kb, { [`../killed-${i}.md`]: documentNumber(i) });
    const add = spawnCli(kb, ['add', '--json', `../killed-${i}.md`], (text) => {
      if (text.includes('"step":"commit"')) setTimeout(() => add.process.kill('SIGKILL'), i * 4);
    });
    await add.ended;
    write(kb, { [`raw/own-${i}.md`]: documentNumber(10 + i) });
    await watch.until(added(i + 1), `file ${i} is added`);
  }
  await watch.stop();
  expect(registered(kb).filter((name) => name.startsWith('own'))).toHaveLength(4);
  expect(faults(kb)).toEqual([]);
});

test('W-d a stopped watch leaves whole documents; the next one adds the rest and nothing twice', async () => {
  const kb = await newKnowledgeBase();
  const names = [1, 2, 3, 4, 5].map((number) => `My Report ${number}.md`);
  for (const [i, name] of names.entries()) write(kb, { [`raw/${name}`]: documentNumber(i) });
  const itself = { after: '"step":"compile"', signals: ['SIGTERM'] } as const;
  const first = await watching(kb, { itself });
  expect((await first.ended).code).toBe(143);
  const before = registered(kb).length;
  expect(before).toBeLessThan(5);
  const second = await watching(kb);
  await second.until(added(5 - before), 'the rest is added');
  await sleep(1000);
  await second.stop();
  const third = await watching(kb);
  await sleep(1500);
  await third.stop();
  expect(documents(third.events)).toEqual([]);
  expect(registered(kb)).toEqual(names);
  // one original each, under the name of its document
  expect(readdirSync(join(kb, 'raw'))).toEqual([1, 2, 3, 4, 5].map((n) => `My-Report-${n}.md`));
  const log = read(kb, 'wiki/log.md').match(/ingest/g) ?? [];
  expect(log).toHaveLength(5);
  expect(faults(kb)).toEqual([]);
});

test('W-e files of editors and office programs are passed over without a word', async () => {
  const kb = await newKnowledgeBase();
  const watch = await watching(kb);
  const names = [
    '.~lock.a.docx#',
    '~$a.docx',
    '.a.md.swp',
    'a.md~',
    '#a.md#',
    'a.pdf.crdownload',
    '~WRD0001.docx',
  ];
  write(kb, Object.fromEntries(names.map((name) => [`raw/${name}`, 'The lamp is a light.'])));
  write(kb, { 'raw/empty.md': '' });
  // an editor saves by a temporary file and a rename
  write(kb, { 'raw/note.md.tmp': documentNumber(1) });
  renameSync(join(kb, 'raw/note.md.tmp'), join(kb, 'raw/note.md'));
  await watch.until(added(1), 'the note is added');
  write(kb, { 'raw/.note.md.swp': 'x' });
  await sleep(700);
  write(kb, { 'raw/note.md.tmp': `${documentNumber(1)}\nMore.\n` });
  renameSync(join(kb, 'raw/note.md.tmp'), join(kb, 'raw/note.md'));
  await watch.until(added(2), 'the saved note is compiled again');
  const { err } = await watch.stop();
  expect(documents(watch.events)).toEqual(['added raw/note.md', 'updated raw/note.md']);
  expect(err).toBe('');
  expect(registered(kb)).toEqual(['note.md']);
});

test('two watches and an add at once add each file once', async () => {
  const kb = await newKnowledgeBase();
  const watches = await Promise.all([watching(kb), watching(kb)]);
  for (let i = 0; i < 4; i += 1) write(kb, { [`raw/Doc No ${i}.md`]: documentNumber(i) });
  const add = spawnCli(kb, ['add', 'raw']);
  expect((await add.ended).code).toBeOneOf([0, 3]);
  const all = () => watches.flatMap(({ events }) => events);
  for (let waited = 0; registered(kb).length < 4 && waited < LONGEST_WAIT; waited += 100)
    await sleep(100);
  await sleep(1500);
  await Promise.all(watches.map((watch) => watch.stop()));
  expect(registered(kb)).toHaveLength(4);
  expect(documents(all()).filter((line) => line.startsWith('failed'))).toEqual([]);
  expect(readdirSync(join(kb, 'raw'))).toHaveLength(4);
  expect(faults(kb)).toEqual([]);
});

test('L01 while a watch is idle, another process adds', async () => {
  const kb = await newKnowledgeBase();
  const watch = await watching(kb);
  write(kb, { '../other.md': documentNumber(7) });
  expect((await run(kb, ['add', '../other.md'])).code).toBe(0);
  await sleep(800);
  await watch.stop();
  expect(documents(watch.events)).toEqual([]);
});

test('a file that cannot be read is told, and added when it can be', async ({ skip }) => {
  if (process.getuid?.() === 0) skip('root reads everything');
  const kb = await newKnowledgeBase();
  write(kb, { 'raw/shut.md': documentNumber(1) });
  chmodSync(join(kb, 'raw/shut.md'), 0);
  const watch = await watching(kb);
  await watch.until((all) => documents(all).includes('failed raw/shut.md'), 'it is told');
  chmodSync(join(kb, 'raw/shut.md'), 0o644);
  await watch.until(added(1), 'it is added');
  expect((await watch.stop()).code).toBe(130);
});

test('a watch ends with 10 when its knowledge base goes away', async () => {
  const kb = await newKnowledgeBase();
  const watch = await watching(kb);
  rmSync(kb, { recursive: true });
  expect((await watch.ended).code).toBe(10);
});

test('a debounce that is no time is refused', async () => {
  const kb = await newKnowledgeBase();
  expect((await run(kb, ['watch', '--debounce', '0'])).code).toBe(2);
});
