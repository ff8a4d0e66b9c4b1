import type { Staging } from '@openkb/journal';

import { explain } from '../explain.ts';
import type { LockContext } from './open.ts';

/** What cannot be removed now goes with the next command; it changes no outcome. */
export function discardStaging(
  staging: Staging,
  { reporter }: Pick<LockContext, 'reporter'>,
): void {
  try {
    staging.discard();
  } catch (error) {
    reporter.warn(`temporary files stay until the next command: ${explain(error).message}`);
  }
}
