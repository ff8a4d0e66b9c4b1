/**
 * The record on disk. It is written once; afterwards a state changes by one rename, which is
 * atomic and needs no disk space.
 */
import { readFile, writeNewFile } from '@openkb/atomic-fs';

import type { Context } from './context.ts';
import type { MutationLayout } from './layout.ts';
import {
  decodeRecord,
  encodeRecord,
  RECORD_STATES,
  type JournalRecord,
  type RecordState,
} from './record.ts';

/** What is known of a mutation from its directory. */
export type FoundRecord =
  | { readonly kind: 'none' }
  | { readonly kind: 'record'; readonly state: RecordState; readonly record: JournalRecord }
  | { readonly kind: 'later-version'; readonly version: number }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Begins the mutation durably: the record is there whole, as `active`, or not at all. */
export function writeRecord(
  { fileSystem }: Context,
  mutation: MutationLayout,
  record: JournalRecord,
): void {
  writeNewFile(fileSystem, mutation.newRecord, encodeRecord(record), { mode: 0o600 });
  fileSystem.rename(mutation.newRecord, mutation.record('active'));
  fileSystem.syncDirectory(mutation.directory);
}

/** Changes the state durably. A failure may come before or after the rename: see `stateOf`. */
export function changeState(
  { fileSystem }: Context,
  mutation: MutationLayout,
  from: RecordState,
  to: RecordState,
): void {
  fileSystem.rename(mutation.record(from), mutation.record(to));
  fileSystem.syncDirectory(mutation.directory);
}

/** The state by name alone, without reading the record. */
export function stateOf(
  { fileSystem }: Context,
  mutation: MutationLayout,
): RecordState | undefined {
  return RECORD_STATES.find((state) => fileSystem.stat(mutation.record(state)) !== undefined);
}

/** @throws the error of reading, when the disk will not give the record out */
export function readRecord(context: Context, mutation: MutationLayout): FoundRecord {
  const { fileSystem, layout } = context;
  const state = stateOf(context, mutation);
  if (state === undefined) return { kind: 'none' };
  const file = mutation.record(state);
  if (fileSystem.stat(file)?.kind !== 'file') {
    return { kind: 'unreadable', reason: 'it is no file' };
  }
  const decoded = decodeRecord(readFile(fileSystem, file), mutation.id, layout.stateDirectory);
  return decoded.kind === 'record' ? { ...decoded, state } : decoded;
}
