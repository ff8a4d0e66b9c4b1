/**
 * Commits the change sets of the history one after the other, for ever or up to a number, and says
 * so on its standard output: `ready` before it takes the lock, `at N` for the state that it found, `done N`
 * when the commit of state N has returned, and `second N` after it where it was the second.
 * With CALL it is killed before its call of that number to the disk (0: it is not), and with KEEP so many
 * mutations are kept.
 *
 *     node committer.js ROOT [LAST [CALL [KEEP]]]
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { changesOf } from '../support/history.ts';
import { dyingAt, openHere, say } from '../support/process.ts';

const [root = '', last = 'Infinity', call = '0', keep] = process.argv.slice(2);
const disk = call === '0' ? undefined : dyingAt(Number(call));
const journal = openHere(root, disk, keep === undefined ? undefined : Number(keep));
const state = () =>
  existsSync(join(root, 'state')) ? Number(readFileSync(join(root, 'state'), 'utf8')) : 0;

say('ready');
let commits = 0;
const session = await journal.acquire('exclusive');
say(`at ${state()}`);
for (let n = state() + 1; n <= Number(last); n += 1) {
  // what is prepared outside goes the way of a published file
  const staging = n % 5 === 0 ? journal.stage() : undefined;
  const changes = staging?.prepare(changesOf(n)) ?? changesOf(n);
  session.commit({ operation: 'test', subject: `state ${n}`, changes });
  say(`done ${n}`);
  staging?.discard();
  if ((commits += 1) === 2) say(`second ${n}`);
}
session.release();
say('end');
