/** What kept mutations tell. Takes no lock and changes nothing (I14). */
import { hashBytes, readFile, type FileDigest } from '@openkb/atomic-fs';

import type { Context } from '../context.ts';
import type { KeptChange, KeptMutation } from '../contract.ts';
import { notRestorable } from '../errors.ts';
import { faultOf } from '../record-fault.ts';
import { isNoChange, isSameDigest, type JournalRecord, type Touched } from '../record.ts';
import { keptIds, keptRecord } from './keep.ts';

/** Newest first; one whose record cannot be read is passed over. */
export function keptMutations(context: Context): KeptMutation[] {
  return keptIds(context).flatMap((id) => {
    const record = keptRecord(context, id);
    return record === undefined ? [] : [describe(record)];
  });
}

function describe({ id, operation, subject, began, touched }: JournalRecord): KeptMutation {
  return {
    id,
    operation,
    ...(subject === undefined ? {} : { subject }),
    committed: began,
    changes: touched.filter((one) => !isNoChange(one)).map(changeOf),
  };
}

function changeOf({ path, before, after }: Touched): KeptChange {
  const created = before === null ? 'created' : 'updated';
  const action = after === null ? 'removed' : created;
  return { path, action, before: digestOf(before), after: digestOf(after) };
}

const digestOf = (file: FileDigest | null): FileDigest | null =>
  file && { size: file.size, sha256: file.sha256 };

/**
 * The record of a kept mutation that may be acted upon.
 * @throws JournalError `not-restorable`
 */
export function usableRecord(context: Context, id: string): JournalRecord {
  const record = keptIds(context).includes(id) ? keptRecord(context, id) : undefined;
  if (record === undefined) throw notRestorable(`no change is kept as "${id}"`);
  const fault = faultOf(context, context.layout.kept(id), {
    kind: 'record',
    state: 'committed',
    record,
  });
  if (fault !== undefined) throw notRestorable(`"${id}" cannot be used: ${fault}`);
  return record;
}

/**
 * The bytes that a path held before or after a kept mutation; `undefined`: there was no file.
 * @throws JournalError `not-restorable`
 */
export function versionOf(
  context: Context,
  id: string,
  path: string,
  which: 'before' | 'after',
): Uint8Array | undefined {
  const touched = changed(usableRecord(context, id), path);
  if (touched === undefined) throw notRestorable(`"${id}" did not change "${path}"`);
  const wanted = touched[which];
  if (wanted === null) return undefined;
  const bytes = which === 'before' ? original(context, id, path) : found(context, id, path, wanted);
  if (bytes !== undefined && isSameDigest(hashBytes(bytes), wanted)) return bytes;
  throw notRestorable(`what "${path}" held ${which} "${id}" is nowhere any more`);
}

const changed = ({ touched }: JournalRecord, path: string): Touched | undefined =>
  touched.find((one) => one.path === path && !isNoChange(one));

/** What a kept mutation saved of a path; not verified. */
function original(context: Context, id: string, path: string): Uint8Array | undefined {
  const record = usableRecord(context, id);
  const n = record.touched.findIndex((one) => one.path === path);
  return readIfFile(context, context.layout.kept(id).before(n));
}

/** The live file, where it is still that version; else what the next mutation of the path has saved. */
function found(
  context: Context,
  id: string,
  path: string,
  wanted: FileDigest,
): Uint8Array | undefined {
  const live = readIfFile(context, context.layout.live(path), wanted.size);
  if (live !== undefined && isSameDigest(hashBytes(live), wanted)) return live;
  const newer = keptIds(context).filter((one) => one > id);
  const next = newer.findLast((one) => {
    const record = keptRecord(context, one);
    return record !== undefined && changed(record, path) !== undefined;
  });
  return next === undefined ? undefined : original(context, next, path);
}

function readIfFile({ fileSystem }: Context, path: string, size?: number): Uint8Array | undefined {
  const stat = fileSystem.stat(path);
  if (stat?.kind !== 'file' || (size !== undefined && stat.size !== size)) return undefined;
  return readFile(fileSystem, path);
}
