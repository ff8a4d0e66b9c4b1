/**
 * Every function that changes files, stopped at every call, under every fault and with every sync
 * made a lie: what was or what is to be, and never a half.
 */
// oxlint-disable no-await-in-loop -- one run after the other
import { createHash } from 'node:crypto';

import {
  exploreCrashes,
  exploreFaults,
  exploreLies,
  type CrashExploration,
} from '@openkb/test-kit/crash-loop';
import { SimulatedFileSystem } from '@openkb/test-kit/file-system';
import { expect, test } from 'vitest';

import {
  appendFile,
  changeCase,
  errorCode,
  isTemporaryName,
  makeDirectories,
  nameKey,
  publishFile,
  readFile,
  removeFile,
  removeLeftovers,
  replaceFile,
  replaceFromStream,
  replaceJson,
  temporarySibling,
  writeNewFile,
} from '../src/index.ts';

type Disk = SimulatedFileSystem;

const bytes = (text: string) => Buffer.from(text.repeat(300));
const devices = { devices: { '/mnt': 2 } };
const before = (disk: Disk): void => {
  for (const path of ['/home', '/mnt']) disk.makeDirectory(path);
  writeNewFile(disk, '/home/file', bytes('before'), { mode: 0o640 });
  writeNewFile(disk, '/home/staged', bytes('staged'));
  writeNewFile(disk, '/mnt/staged', bytes('staged'));
};
/** A temporary name left behind harms nobody and is recognised. */
const isTemporary = (path: string): boolean => isTemporaryName(path.split('/').at(-1) ?? '');

/** A record of a log, with what shows it whole; longer than a sector. */
function record(text: string): string {
  const body = text.repeat(200);
  return `${createHash('sha256').update(body).digest('hex').slice(0, 16)} ${body}\n`;
}

/** What the next process does with a log before anything else: what is torn at its end goes. */
function cutTornTail(disk: Disk): void {
  if (disk.stat('/home/log') === undefined) return;
  const log = Buffer.from(readFile(disk, '/home/log')).toString('latin1');
  let whole = 0;
  for (let end = log.indexOf('\n'); end !== -1; end = log.indexOf('\n', whole)) {
    const [sum, body = ''] = log.slice(whole, end).split(' ');
    if (createHash('sha256').update(body).digest('hex').slice(0, 16) !== sum) break;
    whole = end + 1;
  }
  if (whole === log.length && whole > 0) return;
  if (whole === 0) {
    disk.unlink('/home/log');
    return;
  }
  // a recovery that was cut short has left it
  removeFile(disk, temporarySibling('/home/log', '2'));
  replaceFile(disk, '/home/log', Buffer.from(log.slice(0, whole)), { id: '2' });
}

/** The caller's choice after a crash: back, or on. */
function moveFromVia(disk: Disk, name: 'Foo.md' | 'foo.md'): void {
  disk.syncDirectory('/home');
  if (disk.stat('/home/via') !== undefined) disk.rename('/home/via', `/home/${name}`);
}

async function* stream(text: string) {
  yield bytes(text);
  yield bytes(text);
}

interface Exploration extends CrashExploration {
  readonly operation: (disk: Disk) => unknown;
}

type Named = Pick<Exploration, 'name' | 'operation'>;

const explorations = [
  {
    name: 'replaceFile over an old file',
    operation: (disk: Disk) => replaceFile(disk, '/home/file', bytes('after'), { id: '1' }),
  },
  {
    name: 'replaceFile where nothing was',
    operation: (disk: Disk) => replaceFile(disk, '/home/new', bytes('new'), { id: '1' }),
  },
  {
    name: 'replaceFile with chunks and permission bits',
    operation: (disk: Disk) =>
      replaceFile(disk, '/home/file', [bytes('one'), bytes('two')], { id: '1', mode: 0o606 }),
  },
  {
    name: 'replaceJson',
    operation: (disk: Disk) =>
      replaceJson(disk, '/home/file', { after: 'x'.repeat(600) }, { id: '1' }),
  },
  {
    name: 'replaceFromStream',
    operation: (disk: Disk) => replaceFromStream(disk, '/home/file', stream('after'), { id: '1' }),
  },
  {
    name: 'publishFile',
    operation: (disk: Disk) => publishFile(disk, '/home/staged', '/home/file', { id: '1' }),
  },
  {
    name: 'publishFile across devices',
    options: devices,
    operation: (disk: Disk) => publishFile(disk, '/mnt/staged', '/home/file', { id: '1' }),
    // it goes when the file is in its place, and not durably
    ignore: (path: string) => path === '/mnt/staged' || isTemporary(path),
  },
  {
    name: 'appendFile to an old file',
    before(disk: Disk) {
      before(disk);
      writeNewFile(disk, '/home/log', Buffer.from(record('before')));
    },
    operation: (disk: Disk) => appendFile(disk, '/home/log', record('after')),
    recover: cutTornTail,
  },
  {
    name: 'appendFile where nothing was',
    operation: (disk: Disk) => appendFile(disk, '/home/log', record('first')),
    recover: cutTornTail,
  },
  {
    name: 'makeDirectories',
    operation: (disk: Disk) => makeDirectories(disk, '/home/a'),
  },
  {
    name: 'removeLeftovers',
    before(disk: Disk) {
      before(disk);
      writeNewFile(disk, '/home/.openkb-1.tmp', bytes('half'));
    },
    operation: (disk: Disk) => removeLeftovers(disk, '/home'),
    ignore: () => false,
  },
  ...[
    { name: 'changeCase where Foo is not foo', options: {}, end: 'Foo.md' as const },
    { name: 'changeCase where Foo is foo', options: { nameKey }, end: 'Foo.md' as const },
    { name: 'changeCase, moved on later', options: { nameKey }, end: 'foo.md' as const },
  ].map(({ name, options, end }) => ({
    name,
    options,
    before(disk: Disk) {
      before(disk);
      writeNewFile(disk, '/home/Foo.md', bytes('page'));
    },
    operation: (disk: Disk) =>
      changeCase(disk, '/home/Foo.md', '/home/foo.md', { via: '/home/via' }),
    recover: (disk: Disk) => moveFromVia(disk, end),
  })),
].map(complete);

/** By default nothing is left to recover. */
function complete(one: Partial<Exploration> & Named): Exploration {
  return { before, ignore: isTemporary, recover: () => {}, ...one };
}

/**
 * A failed sync of the directory comes after the rename: nobody knows what a power cut would leave.
 * An append says itself when it could not be taken back.
 */
function outcomeUnknown(error: unknown): boolean {
  return errorCode(error) === 'outcome-unknown' || String(error).includes('fsync');
}

test.each(explorations)('$name, cut short anywhere, shows old or new', async (exploration) => {
  const report = await exploreCrashes(exploration);
  expect(report.violations).toEqual([]);
  expect(report.images).toBeGreaterThan(3);
});

test.each(explorations)('$name under any fault reports what became of it', async (exploration) => {
  const report = await exploreFaults({ ...exploration, outcomeUnknown });
  expect(report.violations).toEqual([]);
  expect(report.faults).toBeGreaterThan(10);
});

test.each(explorations)('$name: no sync can be left out', async (exploration) => {
  const report = await exploreLies(exploration);
  // the recoveries belong to these tests, and one that is lost to a power cut is made again
  const ours = report.lies.filter((lie) => lie.in === 'operation');
  expect(ours.filter(({ violation }) => violation === undefined)).toEqual([]);
  expect(ours.length).toBeGreaterThan(0);
});

const faults = ['EIO', 'ENOSPC', 'EACCES', 'EMFILE', 'short write'] as const;

test.each(explorations)('$name under any fault closes every file', async (one) => {
  const count = await callsOf(one);
  expect(count).toBeGreaterThan(0);
  for (const fault of faults) {
    for (let call = 1; call <= count; call += 1) {
      const disk = await withFault(one, call, fault, 'always');
      expect([fault, call, disk.openHandles]).toEqual([fault, call, 0]);
    }
  }
});

test.each(explorations)('$name under a single fault leaves no temporary file', async (one) => {
  const count = await callsOf(one);
  const found = temporaries(await prepared(one));
  for (const fault of faults) {
    for (let call = 1; call <= count; call += 1) {
      const disk = await withFault(one, call, fault, 'once');
      const left = temporaries(disk).filter((path) => !found.includes(path));
      expect([fault, call, left, disk.openHandles]).toEqual([fault, call, [], 0]);
    }
  }
});

function temporaries(disk: Disk): string[] {
  return ['/home', '/mnt'].flatMap((path) => disk.list(path)).filter(isTemporaryName);
}

async function withFault(
  one: Prepared,
  call: number,
  fault: (typeof faults)[number],
  duration: 'once' | 'always',
): Promise<Disk> {
  const disk = await prepared(one);
  disk.failAt(call, fault, duration);
  try {
    await one.operation(disk);
  } catch {
    // what it says is judged by the loops above
  }
  disk.heal();
  return disk;
}

type Prepared = Pick<Exploration, 'before' | 'options' | 'operation'>;

async function prepared({ before: prepare, options }: Prepared): Promise<Disk> {
  const disk = new SimulatedFileSystem(options);
  await prepare(disk);
  disk.settle();
  return disk;
}

async function callsOf(one: Prepared): Promise<number> {
  const disk = await prepared(one);
  await one.operation(disk);
  return disk.calls.length;
}
