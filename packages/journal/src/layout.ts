/**
 * Every name in the state directory, in one place (DESIGN.md section 3). Absolute paths, for the
 * platform; what is written into records is relative and posix.
 */
import { join, sep } from 'node:path';

import type { RecordState } from './record.ts';

/** `<sequence, 12 digits>-<random>`: sorts by age. */
const ID = /^(\d{12})-[0-9a-z]{4,64}$/;
/** A second one of the same id got a random ending when it was set aside. */
const QUARANTINED = /^(\d{12}-[0-9a-z]{4,64})(?:-[0-9a-z]+)?$/;
const STAGING = /^stage-[0-9a-z]{4,64}$/;

export interface Layout {
  readonly root: string;
  /** Relative to the root, posix. */
  readonly stateDirectory: string;
  readonly lockFile: string;
  readonly holderFile: string;
  /** Held by a writer while it waits. */
  readonly turnFile: string;
  readonly journalDirectory: string;
  readonly stagingDirectory: string;
  readonly historyDirectory: string;
  readonly quarantineDirectory: string;
  readonly recoveredDirectory: string;
  /** Absolute path of a path relative to the root. */
  live(path: string): string;
  mutation(id: string): MutationLayout;
  /** One that is kept, in `history/`. */
  kept(id: string): MutationLayout;
  /** A mutation of ours by its name in `quarantine/`; `undefined` for other names. */
  quarantined(name: string): MutationLayout | undefined;
  /** Where an edit of a person is kept. */
  recovered(id: string, path: string): string;
}

export interface MutationLayout {
  readonly id: string;
  readonly directory: string;
  /** The record on its way to its first name. */
  readonly newRecord: string;
  readonly attempts: string;
  readonly beforeDirectory: string;
  readonly afterDirectory: string;
  /** The record: its name is its state. */
  record(state: RecordState): string;
  before(n: number): string;
  after(n: number): string;
  /** An original on its way back; beside `after`, so that no directory has to be made for it. */
  undo(n: number): string;
  /** Names the temporary sibling of touched path n, where a copy takes the place of a rename. */
  temporaryId(n: number): string;
}

export function layoutOf(root: string, stateDirectory: string, lockFile: string): Layout {
  const base = root.replace(/\/+$/, '');
  const state = join(root, stateDirectory);
  const journalDirectory = join(state, 'journal');
  const historyDirectory = join(state, 'history');
  return {
    root,
    stateDirectory,
    lockFile: join(root, lockFile),
    holderFile: `${join(root, lockFile)}.info`,
    turnFile: `${join(root, lockFile)}.turn`,
    journalDirectory,
    stagingDirectory: join(state, 'staging'),
    historyDirectory,
    quarantineDirectory: join(state, 'quarantine'),
    recoveredDirectory: join(state, 'recovered'),
    live: sep === '/' ? (path) => `${base}/${path}` : (path) => join(root, path),
    mutation: (id) => mutationLayout(id, join(journalDirectory, id)),
    kept: (id) => mutationLayout(id, join(historyDirectory, id)),
    quarantined(name) {
      const [, id] = QUARANTINED.exec(name) ?? [];
      return id === undefined ? undefined : mutationLayout(id, join(state, 'quarantine', name));
    },
    recovered: (id, path) => join(state, 'recovered', id, path),
  };
}

/** For names of ours, which need no normalising: that is most of what `join` does. */
const below = (place: string, name: string): string => `${place}${sep}${name}`;

function mutationLayout(id: string, directory: string): MutationLayout {
  const beforeDirectory = below(directory, 'before');
  const afterDirectory = below(directory, 'after');
  return {
    id,
    directory,
    newRecord: join(directory, 'record.new'),
    attempts: join(directory, 'attempts'),
    beforeDirectory,
    afterDirectory,
    record: (state) => below(directory, state),
    before: (n) => below(beforeDirectory, String(n)),
    after: (n) => below(afterDirectory, String(n)),
    undo: (n) => below(afterDirectory, `undo-${n}`),
    temporaryId: (n) => `${id.replace(/^\d+-/, '')}n${n}`,
  };
}

/** Names of mutations among the entries of `journal/`, newest first; other names are not ours. */
export function mutationIds(names: readonly string[]): string[] {
  return names
    .filter((name) => ID.test(name))
    .toSorted()
    .toReversed();
}

export function sequenceOf(id: string): number {
  return Number(ID.exec(id)?.[1] ?? 0);
}

export function mutationId(sequence: number, random: string): string {
  return `${String(sequence).padStart(12, '0')}-${random}`;
}

export function stagingName(random: string): string {
  return `stage-${random}`;
}

/**
 * Staging directories of ours that the entries of `staging/` tell of, by themselves or by what their
 * lock left; others (the Python program's) stay.
 */
export function stagingNames(names: readonly string[]): string[] {
  const own = names.map((name) => name.replace(/\.lock(\.pid\..*)?$/, ''));
  return [...new Set(own)].filter((name) => STAGING.test(name));
}

export function stagingLock(directory: string): string {
  return `${directory}.lock`;
}
