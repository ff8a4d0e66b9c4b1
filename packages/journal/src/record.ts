/**
 * The record's content: one line with the format, its version and a checksum, then JSON
 * (DESIGN.md section 3). This file alone encodes and decodes it. The state is the file's name.
 */
import { createHash } from 'node:crypto';

import type { FileDigest } from '@openkb/atomic-fs';

import { pathFault } from './paths.ts';

const FORMAT = 'openkb-journal';
const VERSION = 1;

/** In the order in which a directory that shows two of them is to be read. */
export const RECORD_STATES = ['committed', 'rolled_back', 'active'] as const;

export type RecordState = (typeof RECORD_STATES)[number];

/** What a touched path held before. */
export interface Before extends FileDigest {
  /** Permission bits. */
  readonly mode: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
  /** How the original was saved; a linked one changes when somebody writes through its old name. */
  readonly saved: 'link' | 'copy';
}

/** What a touched path is to hold. */
export interface After extends FileDigest {
  /** Permission bits, where they are to be others than before. */
  readonly mode?: number;
}

export interface Touched {
  /** Relative to the root, posix. */
  readonly path: string;
  readonly before: Before | null;
  readonly after: After | null;
}

export interface JournalRecord {
  readonly id: string;
  readonly sequence: number;
  readonly operation: string;
  readonly subject?: string;
  /** ISO 8601 instant. */
  readonly began: string;
  /** Directories that the mutation makes, parents first. */
  readonly made: readonly string[];
  /** Directories that go, where they are empty, once it is committed; inner ones first. Absent for none. */
  readonly emptied?: readonly string[];
  /** Position in this list names the files in `before/`, `after/` and `undo/`. */
  readonly touched: readonly Touched[];
}

/** The mutation leaves the path as it was, so whatever it holds by now is somebody else's. */
export function isNoChange({ before, after }: Omit<Touched, 'path'>): boolean {
  if (before === null || after === null) return before === after;
  return isSameDigest(before, after) && (after.mode ?? before.mode) === before.mode;
}

export const isSameDigest = (a: FileDigest, b: FileDigest): boolean =>
  a.size === b.size && a.sha256 === b.sha256;

export function encodeRecord(record: JournalRecord): Uint8Array {
  const body = `${JSON.stringify(record)}\n`;
  return Buffer.from(`${FORMAT} ${VERSION} ${sha256(body)}\n${body}`, 'utf8');
}

export type DecodedRecord =
  | { readonly kind: 'record'; readonly record: JournalRecord }
  | { readonly kind: 'later-version'; readonly version: number }
  | { readonly kind: 'unreadable'; readonly reason: string };

/**
 * Never throws: what is wrong with a record is its value.
 * @param id name of the directory that holds it; a record that was moved elsewhere is not valid
 * @param stateDirectory for the paths that no record may name
 */
export function decodeRecord(bytes: Uint8Array, id: string, stateDirectory: string): DecodedRecord {
  const text = Buffer.from(bytes).toString('utf8');
  const end = text.indexOf('\n');
  const [format, version, checksum] = text.slice(0, Math.max(end, 0)).split(' ');
  if (format !== FORMAT || !/^[1-9]\d{0,5}$/.test(version ?? '')) {
    return unreadable('it does not begin like a record');
  }
  if (Number(version) > VERSION) return { kind: 'later-version', version: Number(version) };
  const body = text.slice(end + 1);
  if (checksum !== sha256(body)) return unreadable('its checksum does not fit');
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return unreadable('it is no JSON');
  }
  if (!isRecord(value)) return unreadable('it lacks what a record has');
  if (value.id !== id) return unreadable(`it is the record of "${value.id}"`);
  const { made, emptied = [], touched } = value;
  for (const path of [...made, ...emptied, ...touched.map((one) => one.path)]) {
    const fault = pathFault(path, stateDirectory);
    if (fault !== undefined) return unreadable(`its path "${path}" ${fault}`);
  }
  return { kind: 'record', record: value };
}

const unreadable = (reason: string): DecodedRecord => ({ kind: 'unreadable', reason });

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

type Unknown = Record<string, unknown>;

function isRecord(value: unknown): value is JournalRecord {
  if (!isObject(value)) return false;
  return (
    typeof value['id'] === 'string' &&
    Number.isSafeInteger(value['sequence']) &&
    typeof value['operation'] === 'string' &&
    (value['subject'] === undefined || typeof value['subject'] === 'string') &&
    typeof value['began'] === 'string' &&
    isTexts(value['made']) &&
    (value['emptied'] === undefined || isTexts(value['emptied'])) &&
    Array.isArray(value['touched']) &&
    value['touched'].every(isTouched)
  );
}

const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

function isTouched(value: unknown): value is Touched {
  return (
    isObject(value) &&
    typeof value['path'] === 'string' &&
    (value['before'] === null || isBefore(value['before'])) &&
    (value['after'] === null || isAfter(value['after']))
  );
}

function isBefore(value: unknown): value is Before {
  return (
    isObject(value) &&
    isDigest(value) &&
    Number.isSafeInteger(value['mode']) &&
    typeof value['modified'] === 'number' &&
    (value['saved'] === 'link' || value['saved'] === 'copy')
  );
}

function isAfter(value: unknown): value is After {
  if (!isObject(value) || !isDigest(value)) return false;
  const { mode } = value as Unknown;
  return mode === undefined || Number.isSafeInteger(mode);
}

function isDigest(value: unknown): value is FileDigest {
  return (
    isObject(value) &&
    Number.isSafeInteger(value['size']) &&
    typeof value['sha256'] === 'string' &&
    /^[0-9a-f]{64}$/.test(value['sha256'])
  );
}

function isObject(value: unknown): value is Unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
