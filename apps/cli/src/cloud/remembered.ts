/**
 * Which documents were uploaded, in `.openkb/cache/pageindex-cloud/`: by the hash of their bytes, for
 * one address. Lost with the cache, an upload is found again by its name, which has the hash in it.
 */
import { dirname, join } from 'node:path';

import { makeDirectories, readFileIfThere, replaceJson } from '@openkb/atomic-fs';

import { CliError } from '../errors.ts';
import type { KnowledgeBase } from '../knowledge-base/open.ts';
import { ownCache } from '../knowledge-base/own-cache.ts';
import type { Services } from '../services.ts';

export interface Remembered {
  readonly id: string;
  readonly address: string;
}

const cacheOf = (kb: KnowledgeBase) => ownCache(kb, 'pageindex-cloud');
const directoryOf = (kb: KnowledgeBase) => cacheOf(kb).directory;

/** Locked while a document is uploaded. */
export const uploadLockPath = (kb: KnowledgeBase): string => join(directoryOf(kb), 'upload.lock');

const pathOf = (kb: KnowledgeBase, sha256: string) => join(directoryOf(kb), `${sha256}.json`);

/** `undefined` where nothing, or nothing of use, is remembered for the address. */
export function recall(kb: KnowledgeBase, sha256: string, address: string): string | undefined {
  try {
    const there = cacheOf(kb).isOurs();
    const bytes = there ? readFileIfThere(kb.fileSystem, pathOf(kb, sha256)) : undefined;
    if (bytes === undefined) return undefined;
    const value = JSON.parse(Buffer.from(bytes).toString('utf8')) as Partial<Remembered> | null;
    return value?.address === address && typeof value.id === 'string' ? value.id : undefined;
  } catch {
    return undefined;
  }
}

/** Durable when it returns: the upload may have cost money. */
export function remember(
  { services, kb }: { services: Services; kb: KnowledgeBase },
  sha256: string,
  remembered: Remembered,
): void {
  const path = pathOf(kb, sha256);
  const { directory, isOurs } = cacheOf(kb);
  if (!isOurs())
    throw new CliError('cache-unusable', `"${directory}" must be a directory and is none`);
  makeDirectories(kb.fileSystem, dirname(path));
  replaceJson(kb.fileSystem, path, remembered, { id: services.randomId() });
}
