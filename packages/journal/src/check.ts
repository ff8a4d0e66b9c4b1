/**
 * Lists every violation of an invariant that can be seen on disk, without the lock and without a
 * change (DESIGN.md section 9).
 */
import { join } from 'node:path';

import { temporarySibling } from '@openkb/atomic-fs';

import { checkOwnFiles, temporaryLeft } from './check-own-files.ts';
import type { Context } from './context.ts';
import type { Violation, ViolationCode } from './contract.ts';
import { checkKept } from './history/check-kept.ts';
import { mutationIds, stagingLock, stagingNames, type MutationLayout } from './layout.ts';
import type { LockProvider } from './lock/lock.ts';
import { isHeld } from './lock/look-at-lock.ts';
import { describePython, pythonJournals } from './python/recover-python.ts';
import { reasonOf } from './reason.ts';
import { faultOf } from './record-fault.ts';
import { readRecord } from './record-file.ts';

export function check(context: Context, locks: LockProvider): Violation[] {
  const { stateDirectory } = context.layout;
  const own = looking(stateDirectory, () => checkOwnFiles(context, locks));
  // through a link, or a file in place of a directory, nothing more is looked at
  if (own.some(({ code }) => code === 'wrong-kind' || code === 'not-readable')) return own;
  return [
    ...own,
    ...looking(`${stateDirectory}/journal`, () => checkMutations(context, locks)),
    ...looking(`${stateDirectory}/history`, () => checkKept(context)),
    ...looking(`${stateDirectory}/staging`, () => checkStaging(context, locks)),
  ];
}

/** A disk that does not let us look is a violation too, and the rest is looked at all the same. */
function looking(path: string, look: () => Violation[]): Violation[] {
  try {
    return look();
  } catch (error) {
    const message = `"${path}" cannot be looked at: ${reasonOf(error)}`;
    return [{ code: 'not-readable', path, message }];
  }
}

/** While somebody holds the lock, an unfinished mutation is one that is being made. */
function checkMutations(context: Context, locks: LockProvider): Violation[] {
  const { fileSystem, layout } = context;
  if (fileSystem.stat(layout.journalDirectory) === undefined) return [];
  if (isHeld(locks, layout.lockFile)) return [];
  const at = `${layout.stateDirectory}/journal`;
  const ours = mutationIds(fileSystem.list(layout.journalDirectory)).flatMap((id) =>
    looking(`${at}/${id}`, () => checkMutation(context, layout.mutation(id))),
  );
  const python = pythonJournals(context).map((name): Violation => {
    const { state, operation } = describePython(context, name);
    const path = `${at}/${name}`;
    const what = `the ${operation ?? 'change'} of the Python program in "${path}"`;
    if (state === 'active') return { code: 'unfinished', path, message: `${what} is unfinished` };
    if (state !== 'unreadable') return notCleaned(path, what);
    return { code: 'unreadable', path, message: `the journal "${path}" cannot be used` };
  });
  return [...ours, ...python];
}

function checkMutation(context: Context, mutation: MutationLayout): Violation[] {
  const path = `${context.layout.stateDirectory}/journal/${mutation.id}`;
  const one = (code: ViolationCode, message: string): Violation[] => [{ code, path, message }];
  if (context.fileSystem.stat(mutation.directory)?.kind !== 'directory') {
    return one('wrong-kind', `"${path}" is no directory`);
  }
  const found = readRecord(context, mutation);
  if (found.kind === 'none') return one('no-record', `"${path}" has no record: it never began`);
  if (found.kind === 'later-version') {
    return one('later-version', `"${path}" was left by a later version of this program`);
  }
  const fault = faultOf(context, mutation, found);
  if (fault !== undefined || found.kind === 'unreadable') {
    return one('unreadable', `"${path}" must not be acted upon: ${fault ?? 'it cannot be read'}`);
  }
  const { operation, subject, began } = found.record;
  const about = subject === undefined ? operation : `${operation} of "${subject}"`;
  const what = `the ${about}, begun ${began}, in "${path}"`;
  const standing =
    found.state === 'active'
      ? one('unfinished', `${what} is unfinished`)
      : [notCleaned(path, what)];
  return [...standing, ...temporariesOf(context, mutation, found.record)];
}

function notCleaned(path: string, what: string): Violation {
  return { code: 'not-cleaned', path, message: `${what} is settled and not cleaned away` };
}

/** The names follow from the id, so that no directory is walked. */
function temporariesOf(
  { fileSystem, layout }: Context,
  mutation: MutationLayout,
  { touched }: { readonly touched: readonly { readonly path: string }[] },
): Violation[] {
  return touched.flatMap(({ path }, n): Violation[] => {
    const sibling = temporarySibling(path, mutation.temporaryId(n));
    if (fileSystem.stat(layout.live(sibling)) === undefined) return [];
    return [temporaryLeft(sibling)];
  });
}

function checkStaging({ fileSystem, layout }: Context, locks: LockProvider): Violation[] {
  if (fileSystem.stat(layout.stagingDirectory) === undefined) return [];
  const at = `${layout.stateDirectory}/staging`;
  const entries = fileSystem.list(layout.stagingDirectory);
  const dead = stagingNames(entries).filter(
    (name) => !isHeld(locks, stagingLock(join(layout.stagingDirectory, name))),
  );
  return dead.map((name) => ({
    code: 'dead-staging',
    path: `${at}/${name}`,
    message: `"${at}/${name}" was left by a process that is dead`,
  }));
}
