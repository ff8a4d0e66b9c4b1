/* oxlint-disable no-await-in-loop -- one command after the other */
/** A change that cannot be undone: what each command says and does until it is. */
import type { Call } from '@openkb/test-kit/file-system';
import { diffTrees, SimulatedFileSystem, snapshotTree } from '@openkb/test-kit/file-system';
import { expect, test } from 'vitest';

import { ignore, ROOT, simulate, simulatedKnowledgeBase } from './helpers/simulated.ts';

const SOURCES = {
  '/d/one.md': '# One\n\nThe first of three.\n',
  '/d/three.md': '# Three\n\nThe last of three.\n',
  '/d/two.md': '# Two\n\nThe second of three.\n',
};

/** The disk refuses to take the index of the second document, and to let go of what was published. */
async function stuck(): Promise<{
  disk: SimulatedFileSystem;
  ran: Awaited<ReturnType<typeof simulate>>;
}> {
  const disk = await simulatedKnowledgeBase();
  const isSecond = ({ name, path, to = '' }: Call) =>
    (name === 'rename' &&
      to.endsWith('wiki/index.md') &&
      disk.stat(`${ROOT}/raw/two.md`) !== undefined) ||
    (name === 'unlink' && path.endsWith('raw/two.md'));
  let looking = false;
  disk.failAt(1, 'EIO', 'always', (call) => {
    if (looking) return false;
    looking = true;
    try {
      return isSecond(call);
    } finally {
      looking = false;
    }
  });
  const ran = await simulate(disk, ['add', '--kb', ROOT, '/d/one.md', '/d/two.md', '/d/three.md'], {
    sources: SOURCES,
    process: 2,
  });
  return { disk, ran };
}

const openkb = (disk: SimulatedFileSystem, ...args: string[]) =>
  simulate(disk, [...args, '--kb', ROOT], { sources: SOURCES, process: 3 });

test('a rollback that fails stops the batch, names the change and the way on (exit 13)', async () => {
  const { ran, disk } = await stuck();
  expect(ran.code).toBe(13);
  expect(ran.out).toContain('added 1, skipped 0, failed 1, not tried 1');
  expect(ran.err).toContain("Run 'openkb recover'");
  expect(ran.err).not.toContain('compiling /d/three.md');
  const listed = await openkb(disk, 'recover', '--list');
  expect(listed.code).toBe(0);
  expect(listed.out).toMatch(/unfinished: 0{11}\d-\w+: add of "two\.md", begun .*to be undone/);
});

test('nothing is built on top of it; readers go on and say so in one line', async () => {
  const { disk } = await stuck();
  const again = await openkb(disk, 'add', '/d/three.md');
  expect(again.code).toBe(13);
  expect(disk.stat(`${ROOT}/raw/three.md`)).toBeUndefined();
  for (const args of [['list'], ['search', 'first']]) {
    const reader = await openkb(disk, ...args);
    expect(reader.code).toBe(0);
    expect(
      reader.err.split('\n').filter((line) => line.includes("run 'openkb recover'")),
    ).toHaveLength(1);
    expect(reader.out).toContain('one');
  }
  expect((await openkb(disk, 'status')).out).toMatch(/unfinished: .*two\.md.*run 'openkb recover'/);
});

test('recover fails while the cause is there, and undoes the change when it is gone', async () => {
  const { disk } = await stuck();
  const failing = await openkb(disk, 'recover');
  expect(failing.code).toBe(13);
  expect(failing.out).toContain('still unfinished');
  disk.heal();
  const recovered = await openkb(disk, 'recover');
  expect(recovered).toMatchObject({
    code: 0,
    out: 'done: an interrupted add of "two.md" was rolled back',
  });
  expect(disk.stat(`${ROOT}/raw/two.md`)).toBeUndefined();
  expect((await openkb(disk, 'add', '/d/two.md', '/d/three.md')).code).toBe(0);
});

test('recover --set-aside moves it to quarantine, leaves the files, and the next add works', async () => {
  const { disk } = await stuck();
  const before = snapshotTree(disk, `${ROOT}/wiki`, ignore);
  expect(await openkb(disk, 'recover', '--set-aside', 'nothing')).toMatchObject({
    code: 1,
    err: expect.stringContaining('cannot set "nothing" aside: no unfinished change has this ID'),
  });
  const { code, out } = await openkb(disk, 'recover', '--set-aside');
  expect(code).toBe(0);
  expect(out).toMatch(/set aside in \.openkb\/quarantine\//);
  expect(diffTrees(before, snapshotTree(disk, `${ROOT}/wiki`, ignore))).toEqual([]);
  expect((await openkb(disk, 'recover', '--list')).out).toMatch(
    /^set aside: \.openkb\/quarantine\//,
  );
  disk.heal();
  expect((await openkb(disk, 'add', '/d/three.md')).code).toBe(0);
});

const idSetAside = (out: string) => /quarantine\/(\S+?);/.exec(out)?.[1] ?? '';

test('recover --restore brings back what was set aside, and the knowledge base is as before', async () => {
  const { disk } = await stuck();
  const id = idSetAside((await openkb(disk, 'recover', '--set-aside')).out);
  disk.heal();
  const { code, out } = await openkb(disk, 'recover', '--restore', id);
  expect({ code, out }).toEqual({
    code: 0,
    out: expect.stringContaining('add of "two.md" is undone'),
  });
  expect(disk.stat(`${ROOT}/raw/two.md`)).toBeUndefined();
  expect((await openkb(disk, 'recover', '--list')).out).toBe('Nothing is unfinished or set aside.');
  expect((await openkb(disk, 'doctor')).code).toBe(0);
  expect((await openkb(disk, 'add', '/d/two.md', '/d/three.md')).code).toBe(0);
});

test('recover --restore leaves what was written since, says so, and exits with 3', async () => {
  const { disk } = await stuck();
  const id = idSetAside((await openkb(disk, 'recover', '--set-aside')).out);
  disk.heal();
  const page = 'wiki/summaries/two.md';
  const handle = disk.open(`${ROOT}/${page}`, 'create');
  handle.write(Buffer.from('mine'));
  handle.close();
  const printed = await openkb(disk, 'recover', '--restore', id, '--json');
  expect(printed.code).toBe(3);
  expect(JSON.parse(printed.out)).toMatchObject({
    type: 'recover-restore',
    id,
    restored: ['raw/two.md'],
    left: [{ path: page, reason: 'it was changed since' }],
    keptIn: `.openkb/quarantine/${id}`,
    exitCode: 3,
  });
  const again = await openkb(disk, 'recover', '--restore', id);
  expect(again).toMatchObject({ code: 1, out: expect.stringContaining(`left as it is: ${page}`) });
});

test.each([
  [['--restore', 'nothing'], 1, 'nothing is set aside as "nothing"'],
  [['--restore'], 2, 'restore'],
  [['--restore', 'x', '--set-aside'], 2, 'mutually exclusive'],
  [['--restore', 'x', '--list'], 2, 'mutually exclusive'],
])('recover %j is refused (exit %i)', async (args, code, text) => {
  const disk = await simulatedKnowledgeBase();
  expect(await openkb(disk, 'recover', ...args)).toMatchObject({
    code,
    err: expect.stringContaining(text),
  });
});

const readOnly = () => {
  throw Object.assign(new Error('EROFS: read-only file system'), { code: 'EROFS' });
};

test('a knowledge base on a read-only disk is read, and an add says why it cannot', async () => {
  const disk = await simulatedKnowledgeBase({ '/d/one.md': SOURCES['/d/one.md'] });
  const services = { locks: () => ({ name: 'none', tryLock: readOnly }) };
  disk.failAt(1, 'EROFS', 'always');
  const reader = await simulate(disk, ['list', '--kb', ROOT], { services });
  expect(reader).toMatchObject({ code: 0, out: expect.stringContaining('one') });
  const writer = await simulate(disk, ['add', '--kb', ROOT, '/d/two.md'], {
    sources: SOURCES,
    services,
  });
  expect(writer.code).toBe(1);
  expect(writer.err).toMatch(/cannot add "\/d\/two\.md": .*read-only/);
});

test('init on a read-only disk says why, and leaves nothing', async () => {
  const disk = new SimulatedFileSystem();
  disk.failAt(1, 'EROFS', 'always');
  expect(await simulate(disk, ['init', ROOT])).toMatchObject({
    code: 1,
    err: `openkb: cannot make a knowledge base in "${ROOT}": "${ROOT}": the file system is read-only\nChoose a directory that you may write to.`,
  });
  disk.heal();
  expect(disk.list('/')).toEqual([]);
});

test('a step that fails after the commit point leaves the document added, with a warning (exit 0)', async () => {
  const disk = await simulatedKnowledgeBase();
  disk.failAt(
    1,
    'EIO',
    'always',
    ({ name, path, to }) => name === 'rename' && (to ?? path).includes('/history/'),
  );
  const { code, out, err } = await openkb(disk, 'add', '/d/one.md');
  expect(code).toBe(0);
  expect(out).toContain('added 1, skipped 0, failed 0');
  expect(`${out}\n${err}`).toMatch(/note:|warning:/);
  disk.heal();
  expect((await openkb(disk, 'list')).out).toContain('one');
  expect((await openkb(disk, 'recover')).out).toMatch(/Nothing is unfinished|was complete/);
});

test('an unforeseen error is called a bug, and asks for a report', async () => {
  const disk = await simulatedKnowledgeBase();
  const services = { compiler: () => Promise.reject(new TypeError('x is not a function')) };
  const { code, err } = await simulate(disk, ['add', '--kb', ROOT, '/d/one.md'], {
    sources: SOURCES,
    services,
  });
  expect(code).toBe(1);
  expect(err).toContain('unexpected error: x is not a function\nThis is a bug in openkb');
});
