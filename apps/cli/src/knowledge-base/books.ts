/** The **books** of a knowledge base, which every mutation touches: one change for each, made from what it holds now. */
import type { Change } from '@openkb/journal';
import { emptyIndex, emptyLog, logEntry } from '@openkb/wiki';

import { localTime } from '../report/local-time.ts';
import { encodeText } from './files.ts';
import { indexPath, logPath, registryPath } from './layout.ts';
import type { KnowledgeBase, RegistryFile } from './open.ts';
import { encodeRegistry, type Registry } from './registry.ts';

/**
 * What index and registry hold: while it is the same, no command has made a page or a link. Read it before the pages
 * that it is to speak of.
 */
export const booksState = ({ files }: Pick<KnowledgeBase, 'files'>): string =>
  JSON.stringify([files.expectation(indexPath), files.expectation(registryPath)]);

/** @param file the registry as it was read when `registry` was made from it */
export function registryChange(registry: Registry, { expect }: RegistryFile): Change {
  return { kind: 'write', path: registryPath, bytes: encodeRegistry(registry), expect };
}

/** @param edit the text of the index to the new one */
export function indexChange(kb: KnowledgeBase, edit: (text: string) => string): Change {
  const { text, expect } = kb.files.text(indexPath);
  return { kind: 'write', path: indexPath, bytes: encodeText(edit(text ?? emptyIndex())), expect };
}

export interface LogLine {
  readonly at: Date;
  /** `ingest`, `remove`: as the Python program names it. */
  readonly operation: string;
  /** What it was done to. */
  readonly subject: string;
}

/** The log only grows: what others wrote meanwhile stays. */
export function logChange(kb: KnowledgeBase, { at, operation, subject }: LogLine): Change {
  const entry = logEntry({ at: localTime(at), operation, description: logged(subject) });
  if (kb.files.has(logPath)) return { kind: 'append', path: logPath, bytes: encodeText(entry) };
  return { kind: 'write', path: logPath, bytes: encodeText(emptyLog() + entry), expect: 'absent' };
}

/** A name in which nothing forges a line of the log, or links to a page that is not there. */
function logged(fileName: string): string {
  const plain = fileName.replace(/[\p{Cc}\u2028-\u202E\u2066-\u2069]/gu, '\uFFFD');
  return plain.replace(/\[(?=\[)/g, '[ ').replace(/\](?=\])/g, '] ');
}
