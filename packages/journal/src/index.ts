/**
 * Changes many files of one directory as one step that is atomic and durable: a rollback journal
 * with a kernel lock and recovery. DESIGN.md has the words, the invariants and the protocol.
 */
export type {
  Append,
  Change,
  ChangeSet,
  Directory,
  Expectation,
  Publish,
  Remove,
  RemoveDirectory,
  Write,
} from './change-set.ts';
export type * from './contract.ts';
export { JournalError, type JournalErrorCode } from './errors.ts';
export { openJournal } from './journal.ts';
export { kernelLocks } from './lock/kernel-lock.ts';
export type { HeldLock, LockHolder, LockProvider, LockSight } from './lock/lock.ts';
export { pidFileLocks, type PidFileOptions } from './lock/pid-file-lock.ts';
export { pathFault } from './paths.ts';
