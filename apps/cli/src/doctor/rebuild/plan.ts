import { hashBytes } from '@openkb/atomic-fs';
import type { Expectation } from '@openkb/journal';

import { registryPath } from '../../knowledge-base/layout.ts';
import type { KnowledgeBase } from '../../knowledge-base/open.ts';
import { pageNames } from '../../knowledge-base/pages.ts';
import {
  decodeRegistry,
  encodeRegistry,
  nameOf,
  type Registry,
  type RegistryEntry,
} from '../../knowledge-base/registry.ts';
import { entryOfOriginal, fitsItsText, hasPages } from './found-document.ts';
import { salvageEntries } from './salvage.ts';

/** How an entry comes into the rebuilt registry. */
export type Origin = 'kept' | 'history' | 'original';

export interface RebuildPlan {
  readonly registry: Registry;
  /** By hash. */
  readonly origins: ReadonlyMap<string, Origin>;
  /** Names of documents with a summary of which no original says their hash. */
  readonly unknown: readonly string[];
  /** The file as it is, where it cannot be read as a whole; it is kept. */
  readonly damaged?: Uint8Array;
  readonly expect: Expectation;
  readonly isSame: boolean;
}

/** Makes the registry again from what is there. Writes nothing and takes no lock. */
export function planRebuild(kb: KnowledgeBase): RebuildPlan {
  const { files } = kb;
  const bytes = files.bytes(registryPath);
  const { entries, isWhole } = readable(bytes);
  const registry = new Map(entries);
  const origins = new Map<string, Origin>([...registry].map(([key]) => [key, 'kept']));
  const names = new Set([...registry.values()].map((entry) => fold(nameOf(entry))));
  const put = (sha256: string, entry: RegistryEntry, origin: Origin): void => {
    registry.set(sha256, entry);
    origins.set(sha256, origin);
    names.add(fold(nameOf(entry)));
  };
  const originals = hashesOf(kb);
  for (const [sha256, entry] of lastRegistry(kb)) {
    const isIts = entry.raw_path === undefined || originals.get(sha256) === entry.raw_path;
    const name = nameOf(entry);
    if (registry.has(sha256) || names.has(fold(name)) || !isIts || !hasPages(files, name)) continue;
    put(sha256, entry, 'history');
  }
  const isFree = (name: string): boolean => !names.has(fold(name));
  const byFit = [...originals].map(([sha256, path]) => ({
    sha256,
    file: path.slice('raw/'.length),
  }));
  byFit.sort((a, b) => Number(fitsItsText(files, b.file)) - Number(fitsItsText(files, a.file)));
  for (const { sha256, file } of byFit) {
    if (registry.has(sha256)) continue;
    const entry = entryOfOriginal(files, file, isFree);
    if (entry !== undefined) put(sha256, entry, 'original');
  }
  const isSame = isWhole && registry.size === entries.size;
  return {
    registry,
    origins,
    unknown: pageNames(files, 'summaries').filter((name) => !names.has(fold(name))),
    ...(bytes !== undefined && !isWhole && { damaged: bytes }),
    expect: bytes === undefined ? 'absent' : { sha256: hashBytes(bytes).sha256 },
    isSame,
  };
}

/** Names that one disk may take for one. */
const fold = (name: string): string => name.normalize('NFKC').toLowerCase();

interface Readable {
  readonly entries: Registry;
  /** All of it can be read. */
  readonly isWhole: boolean;
}

function readable(bytes: Uint8Array | undefined): Readable {
  if (bytes === undefined) return { entries: new Map(), isWhole: false };
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  try {
    const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { entries: decodeRegistry(strict), isWhole: true };
  } catch {
    return { entries: salvageEntries(text), isWhole: false };
  }
}

/** SHA-256 of the files in `raw/` -> path; of two with one content the first by name. */
function hashesOf({ files }: KnowledgeBase): Map<string, string> {
  const hashes = new Map<string, string>();
  for (const name of files.names('raw')) {
    const path = `raw/${name}`;
    if (name.startsWith('.') || files.kind(path) !== 'file') continue;
    const found = files.expectation(path);
    if (found !== 'absent' && !hashes.has(found.sha256)) hashes.set(found.sha256, path);
  }
  return hashes;
}

/** The registry as the last change found it that is kept for `undo`: it says of each source where it came from. */
function lastRegistry({ journal }: KnowledgeBase): Registry {
  try {
    const last = journal
      .history()
      .find(({ changes }) => changes.some(({ path }) => path === registryPath));
    const bytes = last && journal.version(last.id, registryPath, 'before');
    return decodeRegistry(bytes && new TextDecoder().decode(bytes));
  } catch {
    return new Map();
  }
}

export const encoded = ({ registry }: RebuildPlan): Uint8Array => encodeRegistry(registry);
