import type { FileSystem } from '@openkb/atomic-fs';

import type { Layout } from './layout.ts';

/** What every step of a mutation works with. */
export interface Context {
  readonly fileSystem: FileSystem;
  readonly layout: Layout;
  readonly clock: () => Date;
  /** Lower-case letters and digits, different at every call. */
  readonly randomId: () => string;
}
