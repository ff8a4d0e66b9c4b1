/** Pipes, sockets and directories where the journal expects a file or writes one: a clear error, at once. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import {
  commitOnce,
  cut,
  journalOf,
  put,
  recoverNow,
  temporaryRoot,
  tree,
  write,
} from '../support/real.ts';

const pipe = (path: string) => void execFileSync('mkfifo', [path]);

function socket(path: string): Promise<void> {
  const server = createServer();
  onTestFinished(() => void server.close());
  return new Promise((resolve) => server.listen(path, resolve));
}

const KINDS: [string, (path: string) => unknown][] = [
  ['a pipe', pipe],
  ['a socket', socket],
  ['a directory', (path) => mkdirSync(path)],
];

test.skipIf(process.platform === 'win32').each(KINDS)(
  'bad input: %s where a page is expected refuses the whole set and stays',
  async (_, make) => {
    const root = temporaryRoot();
    write(root, { 'a.md': 'before' });
    await make(join(root, 'page.md'));
    for (const change of [put('page.md'), { kind: 'remove', path: 'page.md' } as const]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await expect(commitOnce(journalOf(root), [put('a.md'), change])).rejects.toMatchObject({
        code: 'bad-path',
        paths: ['page.md'],
      });
    }
    expect(readdirSync(root).toSorted()).toEqual(['.openkb', 'a.md', 'page.md']);
    expect(existsSync(join(root, '.openkb/journal'))).toBe(false);
  },
);

test.skipIf(process.platform === 'win32').each(KINDS)(
  'bad input: %s in place of a staged file refuses the whole set',
  async (_, make) => {
    const root = temporaryRoot();
    const journal = journalOf(root);
    const staging = journal.stage();
    const staged = join(staging.directory, 'x');
    await make(staged);
    await expect(
      commitOnce(journal, [{ kind: 'publish', path: 'x', staged }]),
    ).rejects.toMatchObject({
      code: 'bad-path',
    });
    expect(tree(root)).toEqual({});
    staging.discard();
  },
);

test.skipIf(process.platform === 'win32').each(['ingest.lock.info', 'ingest.lock.turn'])(
  'bad input: a pipe in place of %s keeps nobody from committing or waiting',
  async (name) => {
    const root = temporaryRoot();
    pipe(join(root, '.openkb', name));
    const session = await journalOf(root).acquire('exclusive');
    await expect(journalOf(root).acquire('shared', { waitMs: 5 })).rejects.toMatchObject({
      code: 'locked',
    });
    session.release();
    await commitOnce(journalOf(root), [put('a.md')]);
    expect(tree(root)).toEqual({ 'a.md': 'after' });
  },
);

/** A root whose one mutation is pending, with a pipe in place of a file of its journal. */
async function pendingWith(name: string): Promise<string> {
  const root = temporaryRoot();
  write(root, { 'a.md': 'before' });
  await cut(root, [put('a.md')]);
  const [id] = readdirSync(join(root, '.openkb/journal'));
  const file = join(root, '.openkb/journal', id!, name);
  rmSync(file, { force: true });
  pipe(file);
  expect(journalOf(root).pending()).toHaveLength(1);
  expect(journalOf(root).check()).not.toEqual([]);
  return root;
}

test.skipIf(process.platform === 'win32')(
  'bad input: a pipe in place of a record is set aside, and no live path is touched',
  async () => {
    const root = await pendingWith('active');
    expect(await recoverNow(root)).toMatchObject([{ outcome: 'set aside' }]);
    expect(tree(root)).toEqual({ 'a.md': 'after' });
  },
);

test.skipIf(process.platform === 'win32')(
  'bad input: with a pipe in place of a saved original no live path is touched',
  async () => {
    const root = await pendingWith('before/0');
    await expect(recoverNow(root)).rejects.toMatchObject({ code: 'recovery-needed' });
    expect(tree(root)).toEqual({ 'a.md': 'after' });
  },
);

test.skipIf(process.platform === 'win32')(
  'bad input: a pipe in place of the count of attempts counts for none',
  async () => {
    const root = await pendingWith('attempts');
    await recoverNow(root);
    expect(tree(root)).toEqual({ 'a.md': 'before' });
  },
);

test.skipIf(process.platform === 'win32')(
  'J04, bad input: a pipe in place of a journal of the Python program is set aside',
  async () => {
    const root = temporaryRoot();
    mkdirSync(join(root, '.openkb/journal'));
    pipe(join(root, '.openkb/journal/0f3c.json'));
    expect(journalOf(root).pending()).toMatchObject([{ state: 'unreadable' }]);
    expect(await recoverNow(root)).toMatchObject([{ outcome: 'set aside' }]);
    expect(readdirSync(join(root, '.openkb/quarantine'))).toEqual(['0f3c.json']);
  },
);

test('J04: a journal of the Python program whose place in quarantine is taken goes beside it, as `.json` still', async () => {
  const root = temporaryRoot();
  write(root, {
    '.openkb/journal/0f3c.json': '{not json',
    '.openkb/quarantine/0f3c.json': 'an earlier one',
  });
  const [report] = await recoverNow(root);
  expect(journalOf(root).setAside()).toContain('0f3c.json');
  expect(report!.kept).toEqual([
    expect.stringMatching(/^\.openkb\/quarantine\/[0-9a-f]{8}-0f3c\.json$/),
  ]);
  expect(journalOf(root).setAside()).toHaveLength(2);
});
