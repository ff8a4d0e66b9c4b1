import type { Change } from '../change-set.ts';
import type { Context } from '../context.ts';
import { notRestorable, notWritten } from '../errors.ts';
import { isNoChange, isSameDigest, type Touched } from '../record.ts';
import { stageOriginal } from '../stage-original.ts';
import { usableRecord } from './kept.ts';

/**
 * The changes that undo a kept mutation, each expecting what that mutation left (I17), the directories that it made
 * included. The originals are copied to the staging directory and verified (I15).
 * @throws JournalError `not-restorable` naming every path whose original is gone or changed; `not-written`
 */
export function changesToUndo(context: Context, directory: string, id: string): Change[] {
  try {
    const { touched, made } = usableRecord(context, id);
    const changes = touched.map((one, n) => changeBack(context, directory, id, one, n));
    const lost = touched.filter((_, n) => changes[n] === 'lost').map(({ path }) => path);
    if (lost.length > 0) {
      const names = lost.map((path) => `"${path}"`).join(', ');
      throw notRestorable(
        `"${id}" cannot be undone: the originals of ${names} are gone or changed`,
        lost,
      );
    }
    const emptied = made.toReversed().map((path): Change => ({ kind: 'remove-directory', path }));
    return [...changes.filter((change) => typeof change === 'object'), ...emptied];
  } catch (error) {
    throw notWritten(error);
  }
}

function changeBack(
  context: Context,
  directory: string,
  id: string,
  touched: Touched,
  n: number,
): Change | 'none' | 'lost' {
  if (isNoChange(touched)) return 'none';
  const { path, before, after } = touched;
  const expect = after === null ? 'absent' : { sha256: after.sha256 };
  if (before === null) return { kind: 'remove', path, expect };
  const file = context.layout.kept(id).before(n);
  if (context.fileSystem.stat(file)?.kind !== 'file') return 'lost';
  const change = stageOriginal(context, directory, { path, expect, file, mode: before.mode });
  return isSameDigest(change.digest, before) ? change : 'lost';
}
