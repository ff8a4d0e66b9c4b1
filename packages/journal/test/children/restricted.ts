/**
 * Gives up the rights of root and commits one change set under umask 077; prints what became of it.
 *
 *     node restricted.js ROOT PATH...
 */
import { JournalError } from '../../src/index.ts';
import { openHere, say } from '../support/process.ts';

const NOBODY = 65_534;
const [root = '', ...paths] = process.argv.slice(2);
const journal = openHere(root);
process.umask(0o077);
process.setgroups?.([]);
process.setgid?.(NOBODY);
process.setuid?.(NOBODY);
try {
  const session = await journal.acquire('exclusive');
  const changes = paths.map((path) => ({
    kind: 'write' as const,
    path,
    bytes: Buffer.from('after'),
  }));
  say(`committed ${session.commit({ operation: 'test', changes }).changed.length}`);
  session.release();
} catch (error) {
  say(
    error instanceof JournalError ? `${error.code}: ${error.message}` : `unclear: ${String(error)}`,
  );
}
