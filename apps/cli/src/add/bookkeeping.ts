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
  const { doc_id: _, pages: __, ...kept } = identity.previous?.entry ?? {};
  const ending = plan.rawPath.slice(plan.rawPath.lastIndexOf('.') + 1);
  const inRaw = facts.path.startsWith('raw/');
  return {
    ...kept,
    name: facts.fileName,
    doc_name: identity.name,
    type: plan.long && ending.toLowerCase() === 'pdf' ? 'long_pdf' : ending,
    path: inRaw ? plan.rawPath : facts.path,
    raw_path: plan.rawPath,
    source_path: plan.sourcePath,
    ...(plan.pageCount !== undefined && { pages: plan.pageCount }),
  };
}
