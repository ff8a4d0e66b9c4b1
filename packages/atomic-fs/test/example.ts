import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  appendFile,
  findNameClash,
  makeDirectories,
  nodeFileSystem,
  publishFile,
  removeLeftovers,
  replaceFile,
  replaceFromStream,
  replaceJson,
  safeFileName,
} from '@openkb/atomic-fs';

const disk = nodeFileSystem();
const id = () => randomBytes(6).toString('hex');
const home = mkdtempSync(join(tmpdir(), 'atomic-fs-'));

// what a process that died left behind goes, while nobody else writes here
removeLeftovers(disk, home);

// whatever happens, a reader finds the old settings or the new ones, never half of them
const settings = join(home, 'settings.json');
replaceJson(disk, settings, { theme: 'light' }, { id: id() });
replaceJson(disk, settings, { theme: 'dark' }, { id: id(), mode: 0o600 });

// a download replaces the old file when it has arrived, and memory holds one chunk of it
const title = 'Who am I? / draft.md';
const name = safeFileName(title);
if (findNameClash([...disk.list(home), name]) === undefined) {
  const body = new Blob(['a letter\n']).stream();
  await replaceFromStream(disk, join(home, name), body, { id: id() });
}

// a finished file moves to its place, also from another disk
makeDirectories(disk, join(home, 'inbox/2026'));
replaceFile(disk, join(home, 'draft'), 'a letter\n', { id: id() });
publishFile(disk, join(home, 'draft'), join(home, 'inbox/2026/letter'), { id: id() });

// one process at a time; the line is there when the call returns, or the file is as it was
appendFile(disk, join(home, 'log'), 'letter published\n');

export const names = [...disk.list(home), ...disk.list(join(home, 'inbox/2026'))];
