/** Permission bits, other users, few descriptors: what the system allows a process, by real processes. */
import { spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import type { Change } from '../../src/index.ts';
import { listen, programOf, startChild } from '../support/child.ts';
import { History } from '../support/history.ts';
import {
  atCommitPoint,
  commitOnce,
  journalOf,
  put,
  stopping,
  temporaryRoot,
  tree,
  write,
} from '../support/real.ts';

const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;
const modeOf = (root: string, path: string) => statSync(join(root, path)).mode & 0o777;

/** A root that belongs to another user, with pages of several modes. */
function foreignRoot(): string {
  const root = temporaryRoot();
  write(root, { 'read-only.md': 'before', 'secret.md': 'before', 'closed/in.md': 'before' });
  chmodSync(join(root, 'read-only.md'), 0o444);
  chmodSync(join(root, 'secret.md'), 0o600);
  for (const path of ['.', '.openkb', 'read-only.md', 'secret.md', 'closed', 'closed/in.md']) {
    chownSync(join(root, path), NOBODY, NOBODY);
  }
  chmodSync(join(root, 'closed'), 0o555);
  return root;
}

async function asNobody(root: string, ...paths: string[]): Promise<string | undefined> {
  const child = startChild('restricted', [root, ...paths]);
  await child.ended;
  return child.lines[0];
}

test.skipIf(!isRoot)(
  '67: another user keeps modes, makes new files by the umask (needs root)',
  async () => {
    const root = foreignRoot();
    expect(await asNobody(root, 'read-only.md', 'secret.md', 'new/page.md')).toBe('committed 3');
    expect(modeOf(root, 'read-only.md')).toBe(0o444);
    expect(modeOf(root, 'secret.md')).toBe(0o600);
    expect(modeOf(root, 'new')).toBe(0o700);
    expect(modeOf(root, 'new/page.md')).toBe(0o600);
  },
);

test.skipIf(!isRoot)(
  '67: a directory that may not be written refuses the whole change set (needs root)',
  async () => {
    const root = foreignRoot();
    const before = tree(root);
    const said = await asNobody(root, 'read-only.md', 'closed/in.md', 'new/page.md');
    expect(said).toMatch(/^not-written: nothing was changed: permission denied .*closed\/in\.md/);
    expect(tree(root)).toEqual(before);
  },
);

test.skipIf(!isRoot)(
  '67: a page that may not be read, and a state directory that may not be written, refuse clearly (needs root)',
  async () => {
    const root = foreignRoot();
    chownSync(join(root, 'secret.md'), 0, 0);
    const before = tree(root);
    expect(await asNobody(root, 'secret.md')).toMatch(/^not-written: .*permission denied/);
    expect(tree(root)).toEqual(before);
    const other = foreignRoot();
    chownSync(join(other, '.openkb'), 0, 0);
    expect(await asNobody(other, 'read-only.md')).toMatch(/^not-written: .*permission denied/);
    expect(tree(other)).toEqual(before);
  },
);

test.each(['committed', 'rolled back'])(
  '67, J20, J28: pages of 0444 and 0600 in a directory of 0750 keep their modes when %s',
  async (outcome) => {
    const root = temporaryRoot();
    const modes = { 'wiki/a.md': 0o444, 'wiki/b.md': 0o600, 'wiki/c.md': 0o640 };
    mkdirSync(join(root, 'wiki'));
    for (const [path, mode] of Object.entries(modes)) {
      write(root, { [path]: 'before' });
      chmodSync(join(root, path), mode);
    }
    chmodSync(join(root, 'wiki'), 0o750);
    const dead = stopping(atCommitPoint);
    const journal = outcome === 'committed' ? journalOf(root) : journalOf(root, dead);
    const changes = [put('wiki/a.md'), put('wiki/b.md'), { kind: 'remove', path: 'wiki/c.md' }];
    await commitOnce(journal, changes as Change[]).catch(() => {});
    (await journalOf(root).acquire('exclusive')).release();
    const page = outcome === 'committed' ? 'after' : 'before';
    expect(tree(root)).toEqual({
      'wiki/': '750 ',
      'wiki/a.md': `444 ${page}`,
      'wiki/b.md': `600 ${page}`,
      ...(outcome === 'committed' ? {} : { 'wiki/c.md': '640 before' }),
    });
  },
);

test.skipIf(process.platform === 'win32')(
  '40: a process that may open 32 files commits one change set after the other',
  async () => {
    const root = temporaryRoot();
    const command = 'ulimit -n 32; exec "$0" "$1" "$2" 12';
    const args = ['-c', command, process.execPath, programOf('committer'), root];
    const child = listen(spawn('sh', args, { stdio: ['ignore', 'pipe', 'pipe'] }));
    expect(await child.ended).toEqual({ code: 0, signal: null, errors: '' });
    expect(child.lines.at(-1)).toBe('end');
    expect(tree(root)).toEqual(new History().at(12));
  },
);
