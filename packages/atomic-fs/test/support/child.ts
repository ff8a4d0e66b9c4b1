/** Runs in a process of its own, with what that process may do: see child-process.test.ts. */
import { closeSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import {
  appendFile,
  copyFile,
  makeDirectories,
  nodeFileSystem,
  publishFile,
  removeLeftovers,
  replaceFile,
  replaceFromStream,
} from '../../src/index.ts';

const [what = '', home = ''] = process.argv.slice(2);
const disk = nodeFileSystem();
const at = (name: string): string => join(home, name);

/** Name and outcome of each step: `ok` or the message of the error. */
const outcomes: Record<string, string> = {};

async function step(name: string, body: () => unknown): Promise<void> {
  try {
    await body();
    outcomes[name] = 'ok';
  } catch (error) {
    outcomes[name] = String(error);
  }
}

async function everything(round: string): Promise<void> {
  await step(`replaceFile ${round}`, () => replaceFile(disk, at('f'), round, { id: '1' }));
  await step(`replaceFromStream ${round}`, () =>
    replaceFromStream(disk, at('g'), new Blob([round]).stream(), { id: '1' }),
  );
  await step(`appendFile ${round}`, () => appendFile(disk, at('log'), `${round}\n`));
  await step(`copyFile ${round}`, () => copyFile(disk, at('source'), at(`copy-${round}`)));
  await step(`makeDirectories ${round}`, () => makeDirectories(disk, at(`a-${round}/b`)));
  await step(`removeLeftovers ${round}`, () => removeLeftovers(disk, home));
}

/** Opens files until the system refuses, leaves `spare` of them free, and goes to work. */
async function fewDescriptors(spare: number): Promise<void> {
  const held: number[] = [];
  for (;;) {
    try {
      held.push(openSync(at('source'), 'r'));
    } catch {
      break;
    }
  }
  for (let n = 0; n < spare; n += 1) closeSync(held.pop()!);
  await everything('few');
  for (const fd of held) closeSync(fd);
  await everything('free');
}

/** Replaces one file for ever: the test kills this process. */
function replaceForEver(): void {
  const large = 'x'.repeat(300_000);
  for (let n = 0; ; n += 1) {
    replaceFile(disk, at('f'), `${n} ${large} ${n}`, { id: `${process.pid}x${n}` });
    appendFile(disk, at('log'), `${n} ${'y'.repeat(n % 5000)} ${n}\n`);
    publishFile(disk, at('f'), at('published'), { id: `${process.pid}p${n}` });
    if (n === 0) process.stdout.write('going\n');
  }
}

if (what === 'for-ever') replaceForEver();
if (what === 'few-descriptors') await fewDescriptors(0);
if (what === 'one-descriptor') await fewDescriptors(1);
if (what === 'everything') {
  process.umask(0o077);
  await everything('once');
}
process.stdout.write(JSON.stringify({ outcomes, names: readdirSync(home) }));
