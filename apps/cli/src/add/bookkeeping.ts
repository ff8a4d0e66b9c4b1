/** The books of a knowledge base with a document in them: registry, index and log. */
import type { Change } from '@openkb/journal';

import { indexChange, logChange, registryChange } from '../knowledge-base/books.ts';
import { compiledIndex } from '../knowledge-base/index-entries.ts';
import type { KnowledgeBase, RegistryFile } from '../knowledge-base/open.ts';
import { register, type RegistryEntry } from '../knowledge-base/registry.ts';
import type { Plan } from './plan.ts';

/** @param file the registry as it was read for the plan's check */
export function bookkeeping(
  kb: KnowledgeBase,
  plan: Plan,
  file: RegistryFile,
  now: Date,
): Change[] {
  const { facts, identity } = plan;
  const labels = { [`summaries/${identity.name}.md`]: plan.long ? 'pageindex' : 'short' };
  const entry = [facts.sha256, entryOf(plan)] as const;
  return [
    indexChange(kb, (text) => compiledIndex(text, plan.compilation, labels)),
    logChange(kb, { at: now, operation: 'ingest', subject: facts.fileName }),
    registryChange(register(file.registry, entry, identity.previous?.sha256), file),
  ];
}

function entryOf({ facts, identity, ...plan }: Plan): RegistryEntry {
  // an index that the Python program made of the last content is no longer this document's
  const { doc_id: _, pages: __, partial: ___, ...kept } = identity.previous?.entry ?? {};
  const { rawPath: raw, pageCount, cloud } = plan;
  const { missing = [] } = plan.compilation;
  return {
    ...kept,
    name: raw === undefined && cloud ? cloud.name : facts.fileName,
    doc_name: identity.name,
    type: typeOf(plan),
    ...(raw === undefined && { origin: 'cloud' }),
    path: raw !== undefined && facts.path.startsWith('raw/') ? raw : facts.path,
    ...(raw !== undefined && { raw_path: raw }),
    source_path: plan.sourcePath,
    text_sha256: plan.textSha256,
    ...(pageCount !== undefined && { pages: pageCount }),
    ...(cloud && { doc_id: cloud.id }),
    ...(missing.length > 0 && { partial: missing.map(({ page }) => page) }),
  };
}

function typeOf({ rawPath: raw, long }: Pick<Plan, 'rawPath' | 'long'>): string {
  if (raw === undefined) return 'pageindex_cloud';
  const ending = raw.slice(raw.lastIndexOf('.') + 1);
  return long && ending.toLowerCase() === 'pdf' ? 'long_pdf' : ending;
}
