import { sourceTextPath } from '../knowledge-base/layout.ts';
import type { KnowledgeBase } from '../knowledge-base/open.ts';
import { placeOf } from '../knowledge-base/place-of.ts';
import { nameOf, type Registry, type RegistryEntry } from '../knowledge-base/registry.ts';

/** The registry with its older entries completed; the same value where there is nothing to complete. */
export function mendRegistry(kb: Pick<KnowledgeBase, 'files'>, registry: Registry): Registry {
  if (![...registry.values()].some(isOld)) return registry;
  const owners = new Map<string, number>();
  for (const name of [...registry.values()].map(nameOf))
    owners.set(name, (owners.get(name) ?? 0) + 1);
  const mended = new Map(registry);
  for (const [sha256, entry] of registry) {
    const name = nameOf(entry);
    if (isOld(entry) && name !== '' && owners.get(name) === 1)
      mended.set(sha256, completed(kb, sha256, entry));
  }
  return [...mended].every(([key, entry]) => registry.get(key) === entry) ? registry : mended;
}

const isOld = ({ doc_name: name }: RegistryEntry): boolean => name === undefined;

/** Only what is known for sure: an original is the document's when its bytes are. */
function completed(
  { files }: Pick<KnowledgeBase, 'files'>,
  sha256: string,
  entry: RegistryEntry,
): RegistryEntry {
  const name = nameOf(entry);
  const raw = `raw/${entry.name ?? ''}`;
  const found = placeOf(files, raw) === 'own' ? files.expectation(raw) : 'absent';
  const isOriginal = found !== 'absent' && found.sha256 === sha256;
  const text = (['md', 'json'] as const)
    .map((form) => sourceTextPath(name, form))
    .find((path) => placeOf(files, path) === 'own');
  return {
    ...entry,
    doc_name: name,
    ...(isOriginal && entry.path === undefined && { path: raw }),
    ...(isOriginal && entry.raw_path === undefined && { raw_path: raw }),
    ...(text !== undefined && entry.source_path === undefined && { source_path: text }),
  };
}
