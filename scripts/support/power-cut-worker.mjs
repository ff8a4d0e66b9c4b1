// The process that works on a mounted image: `commit ROOT` commits the history for ever and says each
// state once its commit has returned; `recover ROOT` takes the lock and says what was recovered.
// `commit-without-syncs` and `recover-without-syncs` make no sync.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

import { nodeFileSystem } from '../../packages/atomic-fs/dist/index.js';
import { kernelLocks, openJournal } from '../../packages/journal/dist/index.js';
import { changesOf } from './power-cut-history.mjs';

const [task, root] = process.argv.slice(2);
mkdirSync(join(root, '.openkb'), { recursive: true });
const journal = openJournal({
  root,
  fileSystem: task.endsWith('-without-syncs') ? withoutSyncs() : nodeFileSystem(),
  locks: kernelLocks(),
  clock: () => new Date(),
  randomId: () => randomBytes(6).toString('hex'),
  command: 'power cut',
});
const session = await journal.acquire('exclusive');
if (task.startsWith('commit')) {
  for (let n = 1; ; n += 1) {
    session.commit({ operation: 'test', subject: `state ${n}`, changes: changesOf(n) });
    writeSync(1, `${n}\n`);
  }
}
const state = join(root, 'state');
const found = existsSync(state) ? readFileSync(state, 'utf8') : '0';
console.log(`${session.recovered.map(({ outcome }) => outcome).join(', ')} at ${found}`);
session.release();

function withoutSyncs() {
  const disk = nodeFileSystem();
  const open = (...args) => ({ ...disk.open(...args), sync() {} });
  return { ...disk, open, syncDirectory() {} };
}
