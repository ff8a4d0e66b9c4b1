/** Counts failed recoveries of a mutation: one line each in `attempts`, with its reason. */
import { readFileIfThere } from '@openkb/atomic-fs';

import type { Context } from './context.ts';
import type { MutationLayout } from './layout.ts';

/** After so many failed attempts only a person's request tries again. */
export const AUTOMATIC_ATTEMPTS = 5;

export interface Attempts {
  readonly count: number;
  /** Why the last one failed. */
  readonly reason: string;
}

export function attemptsOf({ fileSystem }: Context, mutation: MutationLayout): Attempts {
  let bytes: Uint8Array | undefined;
  try {
    bytes = readFileIfThere(fileSystem, mutation.attempts);
  } catch {
    // what cannot be read was not counted
  }
  const lines = Buffer.from(bytes ?? [])
    .toString('utf8')
    .split('\n')
    .slice(0, -1);
  return { count: lines.length, reason: lines.at(-1) ?? '' };
}

export function countAttempt(
  { fileSystem }: Context,
  mutation: MutationLayout,
  reason: string,
): void {
  try {
    const handle = fileSystem.open(mutation.attempts, 'append', 0o600);
    try {
      handle.write(Buffer.from(`${reason.replaceAll('\n', ' ')}\n`));
    } finally {
      handle.close();
    }
  } catch {
    // a disk that takes not even this: the attempt is not counted, the failure is reported
  }
}
