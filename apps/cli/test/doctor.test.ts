/** What `openkb doctor` finds, what it says about it, and how it exits. */
import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import type { Call, Fault } from '@openkb/test-kit/file-system';
import { diffTrees, snapshotTree } from '@openkb/test-kit/file-system';
import { expect, onTestFinished, test, vi } from 'vitest';

import { realServices } from '../src/compose.ts';
import type { Finding } from '../src/doctor/finding.ts';
import { spaceFinding } from '../src/doctor/space.ts';
import { CliError } from '../src/errors.ts';
import type { Services } from '../src/services.ts';
import { spawnCli } from './helpers/child.ts';
import { tree, write } from './helpers/knowledge-base.ts';
import { run, temporaryDirectory, type Ran } from './helpers/run.ts';
import { ignore, ROOT, simulate, simulatedKnowledgeBase } from './helpers/simulated.ts';

async function realKnowledgeBase(): Promise<string> {
  const dir = temporaryDirectory(onTestFinished);
  await run(dir, ['init', 'kb']);
  return join(dir, 'kb');
}

const sound: Partial<Services> = {
  installation: () => ({ node: '22.1.0', koffi: undefined, pdfium: undefined }),
  freeSpace: () => 1e12,
};

/** Status by name of what `--json` printed. */
function statuses({ out }: Pick<Ran, 'out'>): Record<string, Finding['status']> {
  const { findings } = JSON.parse(out) as { findings: Finding[] };
  return Object.fromEntries(findings.map(({ name, status }) => [name, status]));
}

test('a knowledge base in order on a real disk is well: every part was tried, and nothing is left', async () => {
  const kb = await realKnowledgeBase();
  const before = tree(kb);
  const services = { freeSpace: () => 1e12 };
  const checked = await run(kb, ['doctor', '--json'], { services });
  expect(checked.code).toBe(0);
  expect(statuses(checked)).toEqual({
    model: 'ok',
    node: 'ok',
    koffi: 'ok',
    pdfium: 'ok',
    'knowledge-base': 'ok',
    sync: 'ok',
    'hard-links': 'ok',
    'atomic-rename': 'ok',
    lock: 'ok',
    'free-space': 'ok',
    journal: 'ok',
  });
  const { out } = await run(kb, ['doctor'], { services });
  expect(out).toContain('lock: processes exclude each other by flock');
  expect(out).toMatch(/All is well\.$/);
  expect(readdirSync(join(kb, '.openkb/staging'))).toEqual([]);
  expect({ '.openkb/staging/': 'directory', ...before }).toEqual(tree(kb));
});

test('the built program finds its own parts', async () => {
  const dir = temporaryDirectory(onTestFinished);
  const { code, out } = await spawnCli(dir, ['doctor', '--json']).ended;
  expect(code).toBe(0);
  expect(statuses({ out })).toMatchObject({ node: 'ok', koffi: 'ok', pdfium: 'ok' });
});

test('without a knowledge base the installation alone is looked at', async () => {
  const dir = temporaryDirectory(onTestFinished);
  const { code, out } = await run(dir, ['doctor'], { services: sound });
  expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('Node.js 22.1.0') });
  expect(out).toContain('only the installation was looked at');
  expect((await run(dir, ['doctor', '--kb', 'none'], { services: sound })).code).toBe(10);
});

test.each<[string, Partial<Services>, string]>([
  [
    'an old Node.js',
    { installation: () => ({ node: '18.20.1', koffi: undefined, pdfium: undefined }) },
    'node',
  ],
  [
    'a missing PDF reader',
    { installation: () => ({ node: '22.0.0', koffi: undefined, pdfium: 'no such file' }) },
    'pdfium',
  ],
  ['a full disk', { freeSpace: () => 4096 }, 'free-space'],
  [
    'a machine without locks',
    {
      locks: () => {
        throw new CliError('no-locks', 'cannot protect it: no way to lock files');
      },
    },
    'lock',
  ],
  [
    'a lock that excludes nobody',
    {
      locks: () => ({
        name: 'a lie',
        tryLock: () => ({ isCurrent: () => true, release() {} }),
      }),
    },
    'lock',
  ],
])('%s is broken (exit 1)', async (_, services, name) => {
  const disk = await simulatedKnowledgeBase();
  const checked = await simulate(disk, ['doctor', '--json', '--kb', ROOT], {
    services: { ...sound, ...services },
  });
  expect(checked.code).toBe(1);
  const broken = Object.entries(statuses(checked)).filter(([, status]) => status === 'broken');
  expect(broken).toEqual([[name, 'broken']]);
});

const inProbe = ({ path }: Call) => path.includes('/staging/stage-');

const refusing = async (code: Fault, when: (call: Call) => boolean) => {
  const disk = await simulatedKnowledgeBase();
  disk.failAt(1, code, 'always', when);
  const args = ['doctor', '--json', '--kb', ROOT];
  const checked = await simulate(disk, args, { services: sound, process: 3 });
  return { code: checked.code, findings: statuses(checked) };
};

test('a disk that does not sync, rename or write is broken; one without hard links is not', async () => {
  const sync = await refusing('EIO', (call) => call.name === 'sync' && inProbe(call));
  expect(sync).toMatchObject({ code: 1, findings: { sync: 'broken', lock: 'ok' } });
  const rename = await refusing('EPERM', (call) => call.name === 'rename' && inProbe(call));
  expect(rename).toMatchObject({ code: 1, findings: { sync: 'ok', 'atomic-rename': 'broken' } });
  const link = await refusing('EPERM', ({ name }) => name === 'link');
  expect(link).toMatchObject({ code: 0, findings: { 'hard-links': 'note' } });
  const full = await refusing('ENOSPC', ({ name }) => name === 'makeDirectory');
  expect(full).toMatchObject({ code: 1, findings: { disk: 'broken', journal: 'ok' } });
});

test('a read-only medium is said, and is no fault', async () => {
  const disk = await simulatedKnowledgeBase();
  disk.failAt(1, 'EROFS', 'always');
  const { code, out } = await simulate(disk, ['doctor', '--kb', ROOT], { services: sound });
  expect(code).toBe(0);
  expect(out).toContain('the medium is read-only: the knowledge base can be read, and not changed');
});

test('an unfinished change is named (exit 13), and nothing is done to it', async () => {
  const disk = await simulatedKnowledgeBase();
  disk.failAt(
    1,
    'EIO',
    'always',
    ({ name, path, to = '' }) =>
      (name === 'rename' && to.endsWith('/committed')) ||
      (name === 'unlink' && path.endsWith('raw/one.md')),
  );
  const sources = { '/d/one.md': '# One\n\nThe first of three.\n' };
  const ran = await simulate(disk, ['add', '--kb', ROOT, '/d/one.md'], { sources, process: 2 });
  expect(ran.code).toBe(13);
  disk.heal();
  const before = snapshotTree(disk, ROOT, ignore);
  const { code, out } = await simulate(disk, ['doctor', '--kb', ROOT], {
    services: sound,
    process: 3,
  });
  expect(code).toBe(13);
  expect(out).toMatch(
    /recovery {2}journal: the add of "one\.md".* is unfinished\n +Run 'openkb recover'\./,
  );
  expect(out).toMatch(/1 change is unfinished\.$/);
  expect(diffTrees(before, snapshotTree(disk, ROOT, ignore))).toEqual([]);
  expect((await simulate(disk, ['recover', '--kb', ROOT], { process: 4 })).code).toBe(0);
  expect((await simulate(disk, ['doctor', '--kb', ROOT], { services: sound })).code).toBe(0);
});

test('damage of the state directory and of the registry is broken, what is left over is a note', async () => {
  const kb = await realKnowledgeBase();
  write(kb, { '.openkb/staging/stage-dead0001/f': 'x' });
  const left = await run(kb, ['doctor'], { services: sound });
  expect(left).toMatchObject({
    code: 0,
    out: expect.stringContaining('left by a process that is dead'),
  });
  chmodSync(join(kb, '.openkb/hashes.json'), 0o666);
  const open = await run(kb, ['doctor'], { services: sound });
  expect(open).toMatchObject({ code: 1, out: expect.stringContaining('changed by everybody') });
  chmodSync(join(kb, '.openkb/hashes.json'), 0o644);
  write(kb, { '.openkb/hashes.json': '{not json' });
  const registry = await run(kb, ['doctor', '--json'], { services: sound });
  expect(registry.code).toBe(1);
  expect(statuses(registry)).toMatchObject({ 'knowledge-base': 'broken', journal: 'note' });
});

test('free space: enough is well, little is a note, none is broken', () => {
  const found = [1e9, 1e8, 1e5, undefined].map((free) => spaceFinding(free).status);
  expect(found).toEqual(['ok', 'note', 'broken', 'note']);
});

test('OPENKB_LOCK chooses pid files, and nothing else does', async () => {
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(realServices().locks().name).toMatch(/^flock/);
  vi.stubEnv('OPENKB_LOCK', 'pidfile');
  expect(realServices().locks().name).toBe('pid file');
  const dir = temporaryDirectory(onTestFinished);
  write(dir, { 'a.md': '# A\n\nAbout the first letter.\n' });
  expect((await run(dir, ['init', 'kb'])).code).toBe(0);
  expect((await run(dir, ['add', '--kb', 'kb', 'a.md'])).code).toBe(0);
  const { code, out } = await run(join(dir, 'kb'), ['doctor'], {
    services: { freeSpace: () => 1e12 },
  });
  expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('by pid file') });
  expect(readdirSync(join(dir, 'kb/.openkb')).filter((name) => name.includes('.pid.'))).toEqual([]);
  vi.stubEnv('OPENKB_LOCK', 'redis');
  expect(() => realServices().locks()).toThrow(/cannot lock by "redis" \(OPENKB_LOCK\)/);
});

test('a model without a key is broken, and says what to set; nobody is asked', async () => {
  const dir = temporaryDirectory(onTestFinished);
  await run(dir, ['init', 'kb', '--model', 'openai/gpt-4o']);
  const without = await run(dir, ['doctor', '--kb', 'kb']);
  expect(without.code).toBe(1);
  expect(without.out).toMatch(
    /^broken {4}model: There is no key for "openai"\n {10}\S.*OPENAI_API_KEY/m,
  );
  const environment = { OPENAI_API_KEY: 'sk-secret-0123456789' };
  const withKey = await run(dir, ['doctor', '--kb', 'kb'], { services: { environment } });
  expect(withKey.out).toContain(
    'model: openai/gpt-4o at https://api.openai.com, key from the environment',
  );
  expect(withKey.out).not.toContain('sk-secret');
});
