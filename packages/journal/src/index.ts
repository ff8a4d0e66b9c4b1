export type { Change, ChangeSet, Expectation } from './change-set.ts';
export type * from './contract.ts';
export { JournalError, type JournalErrorCode } from './errors.ts';
export type { HeldLock, LockHolder, LockProvider } from './lock/lock.ts';
