/**
 * Undoing a kept mutation: a mutation like any other, with the change set that brings back what that one
 * found. It refuses where a page has changed since, and names the pages.
 *
 * The books are not brought back as files, since later commands wrote in them too: the entries that the
 * mutation made go from registry and index, those that it took away or changed come back, and the log
 * only grows.
 */
import { hashBytes } from '@openkb/atomic-fs';
import { type Change, JournalError, type KeptChange, type KeptMutation } from '@openkb/journal';
import { linkTarget, readIndex, removeIndexEntries, upsertIndexEntries } from '@openkb/wiki';

import { CliError } from '../errors.ts';
import { booksState, indexChange, logChange, registryChange } from '../knowledge-base/books.ts';
import { BOOKS, commitWithBooks } from '../knowledge-base/commit-with-books.ts';
import { discardStaging } from '../knowledge-base/discard-staging.ts';
import { encodeText } from '../knowledge-base/files.ts';
import { indexPath, logPath, registryPath, wikiPath } from '../knowledge-base/layout.ts';
import type { KnowledgeBase, LockContext } from '../knowledge-base/open.ts';
import { decodeRegistry, type Registry, type RegistryEntry } from '../knowledge-base/registry.ts';
import { unlinkRemoved } from '../knowledge-base/unlink-removed.ts';
import { recordingView } from '../knowledge-base/wiki-view.ts';
import { nameOfMutation, numberOf } from './find-mutation.ts';

export interface Undone {
  readonly type: 'undo';
  readonly id: string;
  readonly operation: string;
  readonly subject?: string;
  readonly changes: readonly { readonly path: string; readonly action: string }[];
  readonly warnings: readonly string[];
}

/** @throws {CliError} `changed-since` with the pages that have moved on, `not-undoable` */
export async function undoMutation(
  kb: KnowledgeBase,
  lock: LockContext,
  mutation: KeptMutation,
  clock: () => Date,
): Promise<Undone> {
  const { id, operation, subject } = mutation;
  if (operation === 'init')
    throw new CliError('not-undoable', 'the making of a knowledge base cannot be undone', {
      hint: 'Delete its directory instead.',
    });
  const staging = kb.journal.stage();
  try {
    const state = booksState(kb);
    const undoing = staging.undo(id).filter(({ path }) => !BOOKS.has(path));
    const changes = [...undoing, ...staging.prepare(unlinked(kb, undoing))];
    const mutated = await commitWithBooks(kb, lock, {
      operation: 'undo',
      subject: nameOfMutation(mutation),
      changes,
      staging,
      books: () => {
        const planned = new Set(changes.map(({ path }) => path));
        const now = booksState(kb) === state ? [] : unlinked(kb, undoing);
        const others = now.filter(({ path }) => !planned.has(path));
        if (others.length > 0)
          throw changedSince(
            mutation,
            others.map(({ path }) => path),
          );
        return booksOf(kb, mutation, clock());
      },
    });
    if (mutated.kind === 'moved-on') throw changedSince(mutation, mutated.paths);
    const { changed, warnings } = mutated.report;
    return {
      type: 'undo',
      id,
      operation,
      ...(subject !== undefined && { subject }),
      changes: changed,
      warnings,
    };
  } finally {
    discardStaging(staging, lock);
  }
}

/** Pages that others have made since and that link one which goes: the link becomes its words. */
function unlinked(kb: KnowledgeBase, undoing: readonly Change[]): Change[] {
  const wiki = wikiPath('');
  const pages = undoing.filter(({ kind, path }) => kind === 'remove' && path.startsWith(wiki));
  const removals = pages.map(({ path }) => path.slice(wiki.length));
  const touched = new Set(undoing.map(({ path }) => path));
  const view = recordingView(kb.files);
  return unlinkRemoved({ pages: [], removals }, view)
    .map(({ path, text }): Change => {
      const bytes = encodeText(text);
      return { kind: 'write', path: wikiPath(path), bytes, expect: view.expectation(path) };
    })
    .filter(({ path }) => !touched.has(path));
}

function changedSince(mutation: KeptMutation, paths: readonly string[]): CliError {
  const names = paths.map((path) => `"${path}"`).join(', ');
  return new CliError(
    'changed-since',
    `cannot undo the ${nameOfMutation(mutation)}: changed since: ${names || `"${indexPath}"`}`,
    {
      hint: `Nothing was changed. Undo what came later first; 'openkb diff ${numberOf(mutation)}' shows what it did.`,
    },
  );
}

/** The books that the mutation changed, without what it did to them. */
function booksOf(kb: KnowledgeBase, mutation: KeptMutation, at: Date): Change[] {
  const book = (path: string) => mutation.changes.find((change) => change.path === path);
  const [index, registry] = [book(indexPath), book(registryPath)];
  const log = book(logPath) && logChange(kb, logLine(mutation, at));
  return [
    ...(index ? [indexChange(kb, (text) => indexWithout(kb, text, mutation, index))] : []),
    ...(log ? [log] : []),
    ...(registry ? [registryWithout(kb, mutation, registry)] : []),
  ];
}

const logLine = (mutation: KeptMutation, at: Date) => ({
  at,
  operation: 'undo',
  subject: nameOfMutation(mutation),
});

/**
 * The index without what the mutation did to it: the entries of pages that it made go, those of pages that
 * it changed or removed are again what they were.
 */
function indexWithout(
  kb: KnowledgeBase,
  now: string,
  mutation: KeptMutation,
  { after }: KeptChange,
): string {
  const before = textOf(kb, mutation, indexPath, 'before') ?? '';
  if (before !== '' && hashBytes(encodeText(now)).sha256 === after?.sha256) return before;
  const entries = readIndex(before);
  const was = new Set(entries.map(({ target }) => target));
  const touched = mutation.changes
    .filter(({ path }) => /^wiki\/.*\.md$/.test(path))
    .map(({ path }) => linkTarget(path.slice('wiki/'.length)));
  const gone = touched.filter((target) => !was.has(target));
  const back = entries.filter(({ target }) => touched.includes(target));
  return upsertIndexEntries(removeIndexEntries(now, gone), back);
}

/**
 * The registry byte for byte, damaged or not there as it may have been, while it is as the mutation left it; else
 * without what the mutation did to its entries.
 *
 * @throws {CliError} `changed-since` where an entry is no longer what the mutation left, or nobody knows that any more
 */
function registryWithout(
  kb: KnowledgeBase,
  mutation: KeptMutation,
  { after: left }: KeptChange,
): Change {
  const expect = kb.files.expectation(registryPath);
  const isAsLeft = expect === 'absent' ? left === null : expect.sha256 === left?.sha256;
  if (isAsLeft) {
    const bytes = bytesOf(kb, mutation, registryPath, 'before');
    if (bytes === undefined) return { kind: 'remove', path: registryPath, expect };
    return { kind: 'write', path: registryPath, bytes, expect };
  }
  const file = kb.registryFile();
  const [before, after] = [entriesOf(kb, mutation, 'before'), entriesOf(kb, mutation, 'after')];
  const result = new Map(file.registry);
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(key), after.get(key)];
    if (isSameEntry(was, is)) continue;
    if (!isSameEntry(result.get(key), is)) throw changedSince(mutation, [registryPath]);
    if (was === undefined) result.delete(key);
    else result.set(key, was);
  }
  return registryChange(result, file);
}

/** What cannot be read cannot be put into a registry that has changed since. */
function entriesOf(kb: KnowledgeBase, mutation: KeptMutation, which: 'before' | 'after'): Registry {
  try {
    return decodeRegistry(textOf(kb, mutation, registryPath, which));
  } catch (error) {
    if (error instanceof CliError && error.code === 'registry-damaged')
      throw changedSince(mutation, [registryPath]);
    throw error;
  }
}

function textOf(
  kb: KnowledgeBase,
  mutation: KeptMutation,
  path: string,
  which: 'before' | 'after',
): string | undefined {
  const bytes = bytesOf(kb, mutation, path, which);
  return bytes && new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function bytesOf(
  kb: KnowledgeBase,
  mutation: KeptMutation,
  path: string,
  which: 'before' | 'after',
): Uint8Array | undefined {
  try {
    return kb.journal.version(mutation.id, path, which);
  } catch (error) {
    if (error instanceof JournalError && error.code === 'not-restorable')
      throw changedSince(mutation, [path]);
    throw error;
  }
}

const isSameEntry = (a: RegistryEntry | undefined, b: RegistryEntry | undefined) =>
  JSON.stringify(a) === JSON.stringify(b);
