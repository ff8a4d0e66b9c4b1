/**
 * Raises its counter under the lock, again and again, and says `done N` when the commit has returned.
 *
 *     node counter.js ROOT WRITER
 */
import { own, raised } from '../support/counters.ts';
import { openHere, say } from '../support/process.ts';

const [root = '', writer = '0'] = process.argv.slice(2);
const journal = openHere(root);
for (;;) {
  // oxlint-disable-next-line no-await-in-loop -- one session after the other
  const session = await journal.acquire('exclusive');
  session.commit({ operation: 'count', changes: raised(root, Number(writer)) });
  say(`done ${own(root, Number(writer))}`);
  session.release();
}
