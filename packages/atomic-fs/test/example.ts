import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { makeDirectories, nodeFileSystem, publishFile, replaceFile } from '@openkb/atomic-fs';

const disk = nodeFileSystem();
const id = () => randomBytes(6).toString('hex');
const home = mkdtempSync(join(tmpdir(), 'atomic-fs-'));

// whatever happens, a reader finds the old settings or the new ones, never half of them
const settings = join(home, 'settings.json');
replaceFile(disk, settings, '{"theme":"light"}\n', { id: id() });
replaceFile(disk, settings, '{"theme":"dark"}\n', { id: id(), mode: 0o600 });

// a finished file moves to its place, also from another disk
makeDirectories(disk, join(home, 'inbox/2026'));
replaceFile(disk, join(home, 'draft'), 'a letter\n', { id: id() });
publishFile(disk, join(home, 'draft'), join(home, 'inbox/2026/letter'), { id: id() });

export const names = [...disk.list(home), ...disk.list(join(home, 'inbox/2026'))];
