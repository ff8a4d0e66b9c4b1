/** A root with a kept mutation, and its undo. */
import { chmodSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import type { Change } from '../../src/index.ts';
import { commitOnce, disk, journalOf, put, temporaryRoot, write } from './real.ts';

export const keeping = (root: string, keep = 5) => journalOf(root, disk, { keep });
export const history = (root: string) => journalOf(root).history();
export const names = (root: string) =>
  existsSync(join(root, '.openkb/history')) ? readdirSync(join(root, '.openkb/history')) : [];
export const originalOf = (root: string, id: string, n: number) =>
  join(root, '.openkb/history', id, 'before', String(n));

export async function undo(root: string, id: string, keep = 5) {
  const session = await keeping(root, keep).acquire('exclusive');
  try {
    return session.undo(id, { operation: 'undo', subject: id });
  } finally {
    session.release();
  }
}

export const BEFORE = { 'a.md': 'a before', 'gone.md': 'was here', 'same.md': 'same' };
export const CHANGES: Change[] = [
  put('a.md', 'a after'),
  put('wiki/new.md', 'new'),
  { kind: 'remove', path: 'gone.md' },
  put('same.md', 'same'),
];

/** A root whose one mutation is kept; its id. */
export async function kept(keep = 5) {
  const root = temporaryRoot();
  write(root, BEFORE);
  chmodSync(join(root, 'a.md'), 0o600);
  const { id } = await commitOnce(keeping(root, keep), CHANGES);
  return { root, id };
}
