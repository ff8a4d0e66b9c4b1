import { basename, join } from 'node:path';

import { CliError } from '../errors.ts';
import type { Files } from '../knowledge-base/files.ts';
import { type KnowledgeBase, type LockContext, underLock } from '../knowledge-base/open.ts';
import { isSealed } from './seal.ts';

/** Where the page is, relative to the root of the knowledge base. */
export const graphPath = 'output/graph.html';

export interface WritePageOptions extends LockContext {
  /** Sealed. */
  readonly page: Uint8Array;
  /** Whether also a file is replaced that is not as it was written here. */
  readonly force: boolean;
}

/**
 * Writes the page; false where it is there already. What `visualize` did not write, or somebody has changed, is a person's.
 * @throws {CliError} `exists`, `foreign-file`
 */
export async function writePage(kb: KnowledgeBase, options: WritePageOptions): Promise<boolean> {
  const { files } = kb;
  const { page, force } = options;
  if (isThere(files, page)) return false;
  return await underLock(kb, options, (session) => {
    if (isThere(files, page)) return false;
    const old = files.bytes(graphPath);
    if (old !== undefined && !force && !isSealed(old)) throw foreign(kb.root);
    const expect = files.expectation(graphPath);
    const changes = [{ kind: 'write', path: graphPath, bytes: page, expect } as const];
    session.commit({ operation: 'visualize', subject: basename(graphPath), changes });
    return true;
  });
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

const foreign = (root: string): CliError =>
  new CliError(
    'foreign-file',
    `cannot write "${join(root, graphPath)}": the file there is not as 'openkb visualize' wrote it`,
    { hint: "Move it away, or replace it with --force; 'openkb undo' brings it back." },
  );
