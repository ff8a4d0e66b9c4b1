/** First step of a mutation: is the change set one that may be carried out? (DESIGN.md 5.1) */
import { join } from 'node:path';

import type { Change, ChangeSet, Directory, RemoveDirectory } from './change-set.ts';
import type { Context } from './context.ts';
import { ancestors, checkNames, checkOnDisk } from './paths.ts';
import { isRealDirectory } from './remove-emptied.ts';
import { spelling } from './spelling.ts';

export type FileChange = Exclude<Change, Directory | RemoveDirectory>;

export interface Plan {
  readonly operation: string;
  readonly subject?: string;
  /** Position n of a change names its files in the journal. */
  readonly changes: readonly FileChange[];
  /** Directories that do not exist and will, parents first, relative to the root. */
  readonly missing: readonly string[];
  /** Directories that are there and go where they are empty in the end, in this order. */
  readonly emptied: readonly string[];
}

/** @throws JournalError `bad-path`; nothing has been written */
export function planMutation(context: Context, changeSet: ChangeSet): Plan {
  const { fileSystem, layout } = context;
  const directories = changeSet.changes.filter((change) => change.kind === 'directory');
  const emptied = changeSet.changes.filter((change) => change.kind === 'remove-directory');
  const files = changeSet.changes.filter(
    (change) => change.kind !== 'directory' && change.kind !== 'remove-directory',
  );
  checkNames(
    files.map((change) => change.path),
    [...directories, ...emptied].map((change) => change.path),
    layout.stateDirectory,
    (a, b) => areTwoFiles(context, a, b),
  );
  const seen = new Set<string>();
  for (const { path } of files) checkOnDisk(fileSystem, layout, path, 'file', seen);
  for (const { path } of directories) checkOnDisk(fileSystem, layout, path, 'directory', seen);

  const spelt = spelling(context);
  const changes = files.map((change) => spelledAs(spelt(change.path), change));
  const wanted = new Set<string>();
  for (const { kind, path } of changes) {
    if (kind !== 'remove') for (const above of ancestors(path)) wanted.add(above);
  }
  for (const { path } of directories) for (const on of [...ancestors(path), path]) wanted.add(on);
  const missing = [...wanted]
    .filter((path) => !seen.has(path) && fileSystem.stat(join(layout.root, path)) === undefined)
    .toSorted();
  return {
    operation: changeSet.operation,
    ...(changeSet.subject === undefined ? {} : { subject: changeSet.subject }),
    changes,
    missing,
    emptied: emptied.map(({ path }) => path).filter((path) => isRealDirectory(context, path)),
  };
}

function spelledAs(path: string, change: FileChange): FileChange {
  return path === change.path ? change : { ...change, path };
}

function areTwoFiles({ fileSystem, layout }: Context, a: string, b: string): boolean {
  const [one, two] = [fileSystem.stat(layout.live(a)), fileSystem.stat(layout.live(b))];
  return one !== undefined && two !== undefined && one.inode !== two.inode;
}
