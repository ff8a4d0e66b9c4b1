/** The books of a knowledge base with a document in them: registry, index and log. */
import type { Change } from '@openkb/journal';
import {
  emptyIndex,
  emptyLog,
  type IndexEntry,
  linkTarget,
  logEntry,
  removeIndexEntries,
  upsertIndexEntries,
} from '@openkb/wiki';
import type { PageChange } from '@openkb/wiki-compiler';

import { encodeText } from '../knowledge-base/files.ts';
import { indexPath, logPath, registryPath } from '../knowledge-base/layout.ts';
import type { KnowledgeBase, RegistryFile } from '../knowledge-base/open.ts';
import { encodeRegistry, register, type RegistryEntry } from '../knowledge-base/registry.ts';
import type { Plan } from './plan.ts';

/** Registry, index and log with the document in them; the registry as it was read for the plan's check. */
export function bookkeeping(
  kb: KnowledgeBase,
  plan: Plan,
  { registry: known, expect }: RegistryFile,
  now: Date,
): Change[] {
  const index = kb.files.text(indexPath);
  const { facts, identity } = plan;
  const registry = register(known, [facts.sha256, entryOf(plan)], identity.previous?.sha256);
  const { pages, removals = [] } = plan.compilation;
  const kept = removeIndexEntries(index.text ?? emptyIndex(), removals);
  const text = upsertIndexEntries(
    kept,
    pages.map((page) => indexEntry(page, plan)),
  );
  return [
    { kind: 'write', path: indexPath, bytes: encodeText(text), expect: index.expect },
    logChange(kb, now, facts.fileName),
    { kind: 'write', path: registryPath, bytes: encodeRegistry(registry), expect },
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

function indexEntry(page: PageChange, { long }: Plan): IndexEntry {
  const section = ({ summary: 'Documents', concept: 'Concepts', entity: 'Entities' } as const)[
    page.kind
  ];
  const label = page.kind === 'summary' ? (long ? 'pageindex' : 'short') : page.entityType;
  return {
    section,
    target: linkTarget(page.path),
    ...(label !== undefined && { label }),
    description: page.description,
  };
}

/** The log only grows: what others wrote meanwhile stays. */
function logChange(kb: KnowledgeBase, now: Date, fileName: string): Change {
  const entry = logEntry({
    at: localTime(now),
    operation: 'ingest',
    description: logged(fileName),
  });
  if (kb.files.has(logPath)) return { kind: 'append', path: logPath, bytes: encodeText(entry) };
  return { kind: 'write', path: logPath, bytes: encodeText(emptyLog() + entry), expect: 'absent' };
}

/** A name in which nothing forges a line of the log, or links to a page that is not there. */
function logged(fileName: string): string {
  const plain = fileName.replace(/[\p{Cc}\u2028-\u202E\u2066-\u2069]/gu, '\uFFFD');
  return plain.replace(/\[(?=\[)/g, '[ ').replace(/\](?=\])/g, '] ');
}

/** `YYYY-MM-DD HH:MM:SS`, local. */
export function localTime(date: Date): string {
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}

const two = (number: number) => String(number).padStart(2, '0');
