import type { FileSystem } from '@openkb/atomic-fs';

import type { Layout } from './layout.ts';

/** What every step of a mutation works with. */
export interface Context {
  readonly fileSystem: FileSystem;
  readonly layout: Layout;
  readonly clock: () => Date;
  /** Lower-case letters and digits, different at every call. */
  readonly randomId: () => string;
  /** Whether the session's lock still excludes others: false when the lock file was removed or replaced. */
  readonly isLocked: () => boolean;
  /** Committed mutations to keep; see `JournalOptions`. */
  readonly keep: number | undefined;
  readonly keepBytes: number | undefined;
}
