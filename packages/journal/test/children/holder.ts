/**
 * Holds the lock until it is killed. `held PID` names a process that it has started meanwhile and that outlives it.
 *
 *     node holder.js ROOT shared|exclusive
 */
import { spawn } from 'node:child_process';

import { openHere, say } from '../support/process.ts';

const [root = '', mode] = process.argv.slice(2);
const waiting = setInterval(() => {}, 60_000);
const session = await openHere(root).acquire(mode === 'shared' ? 'shared' : 'exclusive');
const child = spawn('sleep', ['60'], { stdio: 'ignore', detached: true });
say(`held ${child.pid ?? 0}`);
process.on('SIGTERM', () => {
  session.release();
  child.kill();
  clearInterval(waiting);
});
