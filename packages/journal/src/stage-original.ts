import { join } from 'node:path';

import { copyFile, type FileDigest } from '@openkb/atomic-fs';

import type { Expectation, Publish } from './change-set.ts';
import type { Context } from './context.ts';

/** A saved original on its way back to its path. */
export interface Original {
  readonly path: string;
  readonly expect: Expectation;
  /** Where it is saved. */
  readonly file: string;
  /** The permission bits that it had. */
  readonly mode: number;
}

/**
 * Copies a saved original to a staging directory: what is published from there shares nothing with what
 * stays saved (I15). The caller compares the digest with what was saved.
 */
export function stageOriginal(
  { fileSystem, randomId }: Context,
  directory: string,
  { path, expect, file, mode }: Original,
): Publish & { readonly digest: FileDigest } {
  const staged = join(directory, `o${randomId()}`);
  const digest = copyFile(fileSystem, file, staged, { mode });
  return { kind: 'publish', path, expect, staged, digest, mode };
}
