import { basename } from 'node:path';

import { hashBytes } from '@openkb/atomic-fs';
import type { Change } from '@openkb/journal';

import { CliError } from '../errors.ts';
import type { Files } from '../knowledge-base/files.ts';
import { type KnowledgeBase, type LockContext, underLock } from '../knowledge-base/open.ts';
import { isSealed } from './seal.ts';

/** Where the page is, relative to the root of the knowledge base. */
export const graphPath = 'output/graph.html';

export interface Written {
  /** Whether it is another page than was there. */
  readonly written: boolean;
  /** The name that a file of somebody else got, which lay there; relative to the root. */
  readonly kept?: string;
}

/**
 * Writes the page, where it is not there already. What `visualize` did not write, or somebody has changed, is a
 * person's: it gets another name in the same commit.
 *
 * @param page sealed
 * @throws {CliError} `exists`
 */
export async function writePage(
  kb: KnowledgeBase,
  lock: LockContext,
  page: Uint8Array,
): Promise<Written> {
  const { files } = kb;
  if (isThere(files, page)) return { written: false };
  return await underLock(kb, lock, (session) => {
    if (isThere(files, page)) return { written: false };
    const old = files.bytes(graphPath);
    // what was looked at is replaced, and nothing that comes in between
    const expect = old === undefined ? 'absent' : { sha256: hashBytes(old).sha256 };
    const changes: Change[] = [{ kind: 'write', path: graphPath, bytes: page, expect }];
    const kept = old === undefined || isSealed(old) ? undefined : freeName(files);
    if (old !== undefined && kept !== undefined)
      changes.push({ kind: 'write', path: kept, bytes: old, expect: 'absent' });
    session.commit({ operation: 'visualize', subject: basename(graphPath), changes });
    return { written: true, ...(kept !== undefined && { kept }) };
  });
}

/** `output/graph-2.html`, or with the next number that nothing has. */
function freeName(files: Files): string {
  for (let number = 2; ; number += 1) {
    const path = graphPath.replace('.html', `-${number}.html`);
    if (files.kind(path) === undefined) return path;
  }
}

/** @throws {CliError} `exists` when something lies there that is no file */
function isThere(files: Files, page: Uint8Array): boolean {
  const kind = files.kind(graphPath);
  if (kind === undefined) return false;
  if (kind !== 'file')
    throw new CliError(
      'exists',
      `cannot write "${graphPath}": a ${KINDS[kind] ?? 'thing'} is there`,
      {
        hint: 'Move it away; nothing was changed.',
      },
    );
  const old = files.bytes(graphPath);
  return old !== undefined && Buffer.compare(old, page) === 0;
}

const KINDS: Readonly<Record<string, string>> = {
  directory: 'directory',
  symlink: 'symbolic link',
};
