import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { nodeFileSystem } from '@openkb/atomic-fs';
import { kernelLocks, openJournal } from '@openkb/journal';

const root = mkdtempSync(join(tmpdir(), 'journal-'));
mkdirSync(join(root, '.openkb'));

const journal = openJournal({
  root,
  fileSystem: nodeFileSystem(),
  locks: kernelLocks(),
  clock: () => new Date(),
  randomId: () => randomBytes(8).toString('hex'),
  command: 'the example',
});

// slow work needs no lock: a private directory that goes when its owner is gone
const staging = journal.stage();
const changes = staging.prepare([
  { kind: 'write', path: 'pages/tea.md', bytes: Buffer.from('# Tea\n'), expect: 'absent' },
  { kind: 'append', path: 'log.md', bytes: Buffer.from('added tea\n') },
]);

// the lock is held for milliseconds; whoever takes it first resolves what was interrupted
const session = await journal.acquire('exclusive');
try {
  session.commit({ operation: 'add', subject: 'tea', changes });
} finally {
  session.release();
  staging.discard();
}

export const page = readFileSync(join(root, 'pages/tea.md'), 'utf8');
export const log = readFileSync(join(root, 'log.md'), 'utf8');
