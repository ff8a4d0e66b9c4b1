/**
 * Reads all counters under the shared lock, again and again; says `read` each time, and `mixed …` when
 * what it saw does not fit together.
 *
 *     node reader.js ROOT WRITERS
 */
import { mixture } from '../support/counters.ts';
import { openHere, say } from '../support/process.ts';

const [root = '', writers = '1'] = process.argv.slice(2);
const journal = openHere(root);
for (;;) {
  // oxlint-disable-next-line no-await-in-loop -- one session after the other
  const session = await journal.acquire('shared');
  const fault = mixture(root, Number(writers));
  say(fault === undefined ? 'read' : `mixed ${fault}`);
  session.release();
  // oxlint-disable-next-line no-await-in-loop -- writers want the lock too
  await new Promise((resolve) => setTimeout(resolve, 2));
}
