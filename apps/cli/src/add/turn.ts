/**
 * Takes turns with other processes that add, so that none starves: where several add documents on
 * the same subjects, the one that compiles longest would find its pages changed again and again.
 *
 * Whoever commits a document holds the turn for it; whoever had to compile again holds it for the
 * compile as well, so that the second time its pages stay as it read them. It is a courtesy beside
 * the lock of the knowledge base: no other command waits for it, and after the time that `--wait`
 * gives, or where it cannot be locked, the work goes on without.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { HeldLock } from '@openkb/journal';

import { turnLockPath } from '../knowledge-base/layout.ts';
import type { AddRun } from './add-source.ts';

/** Milliseconds between two tries. */
const PAUSE = 10;
/** Milliseconds after which the reader is told. */
const PATIENCE = 2000;

/** Runs `work` while it is our turn. */
export async function inTurn<T>(run: AddRun, work: () => Promise<T>): Promise<T> {
  const turn = await waitForTurn(run);
  try {
    return await work();
  } finally {
    turn?.release();
  }
}

async function waitForTurn({ services, kb, lock }: AddRun): Promise<HeldLock | undefined> {
  const { wait, signal, reporter } = lock;
  for (let waited = 0; waited <= wait * 1000 && !signal.aborted; waited += PAUSE) {
    try {
      const turn = services.locks().tryLock(join(kb.root, turnLockPath), 'exclusive');
      if (turn !== undefined) return turn;
    } catch {
      return undefined;
    }
    if (waited === PATIENCE) reporter.note('waiting for another openkb add to finish its document');
    // oxlint-disable-next-line no-await-in-loop -- one try after the other is what waiting is
    await sleep(PAUSE);
  }
  return undefined;
}
