import { reasonOf } from './reason.ts';

/** Stable codes; `apps/cli` maps them to exit codes. */
export type JournalErrorCode =
  /** A path has moved on since the change set was computed; nothing was written. */
  | 'conflict'
  /** Somebody else holds the lock. */
  | 'locked'
  /** An unfinished mutation cannot be rolled back; nothing may be built on top of it. */
  | 'recovery-needed'
  /** A path leaves the root, is no regular file, or stands twice in the change set. */
  | 'bad-path'
  /** The disk refused (full, read-only, no permission, I/O error); everything is as before. */
  | 'not-written'
  /** The disk failed at the commit point itself; the next exclusive lock decides. */
  | 'outcome-unknown'
  /** The session is released, or holds no exclusive lock. */
  | 'not-locked'
  /** What was set aside cannot be brought back: there is none of that name, or it tells nothing. */
  | 'not-restorable';

export interface JournalErrorDetails {
  /** Paths relative to the root that the error is about. */
  readonly paths?: readonly string[];
  readonly cause?: unknown;
}

/** An error of the disk before anything was changed, in words for people; others stay as they are. */
export function notWritten(cause: unknown): JournalError {
  if (cause instanceof JournalError) return cause;
  return new JournalError('not-written', `nothing was changed: ${reasonOf(cause)}`, { cause });
}

/** The one error class of this package. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
  readonly code: JournalErrorCode;
  readonly paths: readonly string[];

  constructor(code: JournalErrorCode, message: string, details: JournalErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.paths = details.paths ?? [];
  }
}

export function notRestorable(text: string, paths: readonly string[] = []): JournalError {
  return new JournalError('not-restorable', text, { paths });
}
