import { whileNobodyWrites } from '../knowledge-base/read.ts';
import { nameOf } from '../knowledge-base/registry.ts';
import type { AddRun } from './add-source.ts';

/**
 * The name under which this content is there already, for which nothing is to do; never with `--force`.
 * What another process is about to commit may still be rolled back: it is waited for before anybody is told
 * that the document is there.
 */
export async function registeredAs(
  { kb, lock, force, dryRun }: Pick<AddRun, 'kb' | 'lock' | 'force' | 'dryRun'>,
  sha256: string,
): Promise<string | undefined> {
  const look = () => {
    const entry = force ? undefined : kb.registry().get(sha256);
    return entry && nameOf(entry);
  };
  const seen = look();
  if (seen === undefined || dryRun) return seen;
  return kb.journal.pending().length === 0 ? look() : whileNobodyWrites(kb, lock, look);
}
