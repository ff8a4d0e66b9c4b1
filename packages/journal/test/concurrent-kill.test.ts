/* oxlint-disable no-await-in-loop -- one process of a writer after the other */
/**
 * Several processes commit to one directory and others read it, while they are killed one by one: no update is
 * lost, none is there twice, and no reader sees a mixture of two states.
 */
import { setTimeout as sleep } from 'node:timers/promises';

import { seededRandom } from '@openkb/test-kit/file-system';
import { expect, test } from 'vitest';

import { startChild } from './support/child.ts';
import { mixture, own } from './support/counters.ts';
import { explored } from './support/explored.ts';
import { journalOf, temporaryRoot } from './support/real.ts';

const WRITERS = 3;
const LIVES = 5;

/** Runs the processes of one writer and kills each; what is told is the least that must be there. */
async function write(root: string, writer: number, told: number[]): Promise<void> {
  const chance = seededRandom(writer + 7);
  for (let life = 1; life <= LIVES; life += 1) {
    const child = startChild('counter', [root, String(writer)]);
    await child.said('done ');
    await sleep(chance() * 60);
    child.process.kill('SIGKILL');
    await child.ended;
    const last = child.lines.findLast((line) => line.startsWith('done '));
    told[writer] = Number(last?.slice(5));
  }
}

test('28, 58, 59, L10, L13: writers and readers that are killed lose no update and see no mixture', async () => {
  const root = temporaryRoot();
  const told: number[] = [];
  const readers = [0, 1].map(() => startChild('reader', [root, String(WRITERS)]));
  try {
    await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(root, writer, told)));
    // on a busy machine a reader may have come late
    await Promise.all(readers.map((reader) => reader.said('read')));
  } finally {
    for (const reader of readers) reader.process.kill('SIGKILL');
  }
  const endings = await Promise.all(readers.map(({ ended }) => ended));
  expect(endings).toMatchObject(readers.map(() => ({ signal: 'SIGKILL', errors: '' })));
  const seen = readers.flatMap(({ lines }) => lines);
  expect(seen.filter((line) => line !== 'read')).toEqual([]);
  expect(seen.length).toBeGreaterThanOrEqual(readers.length);

  (await journalOf(root).acquire('exclusive')).release();
  expect(mixture(root, WRITERS)).toBeUndefined();
  for (const [writer, count] of told.entries()) {
    expect(count).toBeGreaterThanOrEqual(LIVES);
    // the last process may have passed its commit point without a word
    expect(own(root, writer) - count).toBeGreaterThanOrEqual(0);
    expect(own(root, writer) - count).toBeLessThanOrEqual(1);
  }
  explored({ kills: WRITERS * LIVES + readers.length, violations: 0 });
}, 1_200_000);
