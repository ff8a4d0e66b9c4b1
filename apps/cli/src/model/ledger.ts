/**
 * What models cost, a line of JSON for each document or question, in `.openkb/usage.jsonl`. It is no page
 * and no part of a mutation: what was spent stays spent when a document fails.
 *
 * With a new month, or when it has grown large, the file becomes `usage-2026-01.jsonl`, after its first line, and another
 * one begins. Whoever notes does so under a lock of its own, for as long as one line takes. A crash leaves lines whole or
 * torn, and a file under its old name or its new one. The files of months that nobody asks for any more may be deleted.
 */
import { join } from 'node:path';

import { appendFile, type FileSystem, makeDirectories, readFileIfThere } from '@openkb/atomic-fs';
import type { Spending } from '@openkb/language-model';

import type { KnowledgeBase } from '../knowledge-base/open.ts';
import { ownCache } from '../knowledge-base/own-cache.ts';

export interface LedgerEntry {
  /** ISO 8601 instant. */
  readonly at: string;
  readonly command: string;
  /** What it was spent on: a `doc_name`, a question. */
  readonly subject: string;
  readonly model: string;
  readonly requests: number;
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
  /** US dollars; `null` where no price is known. */
  readonly dollars: number | null;
  readonly outcome: string;
}

type Place = Pick<KnowledgeBase, 'fileSystem' | 'root'>;

const NAME = 'usage.jsonl';
const NAMES = /^usage(?:-\d{4}-\d{2}(?:-\d+)?)?\.jsonl$/;
/** Bytes from which a file is large. */
const LARGE = 4 * 2 ** 20;
/** Bytes in which its first line is looked for. */
const HEAD = 4096;
/** Tries for the lock, and milliseconds between two. Without it the line is written all the same. */
const TRIES = 50;
const PAUSE = 4;

const pathOf = ({ root }: Place, name = NAME): string => join(root, '.openkb', name);

/** Nothing is noted where nothing was spent; a disk that refuses is no failure of the work. */
export function noteSpending(
  kb: Place & Pick<KnowledgeBase, 'locks'>,
  entry: Pick<LedgerEntry, 'at' | 'command' | 'subject' | 'model' | 'outcome'>,
  { usage, dollars, unpriced }: Spending,
): void {
  if (usage.requests === 0) return;
  const { requests, inputTokens, cachedInputTokens, outputTokens } = usage;
  const line: LedgerEntry = {
    ...entry,
    requests,
    inputTokens,
    cachedInputTokens,
    outputTokens,
    dollars: unpriced > 0 ? null : dollars,
  };
  try {
    underOwnLock(kb, (isAlone) => {
      if (isAlone) beginAnew(kb, entry.at);
      const torn = endsTorn(kb) ? '\n' : '';
      appendFile(kb.fileSystem, pathOf(kb), `${torn}${JSON.stringify(line)}\n`);
    });
  } catch {
    // what it cost was told when it happened
  }
}

function underOwnLock(
  kb: Place & Pick<KnowledgeBase, 'locks'>,
  work: (isAlone: boolean) => void,
): void {
  const { directory, isOurs } = ownCache(kb, 'usage');
  let lock: ReturnType<ReturnType<KnowledgeBase['locks']>['tryLock']>;
  try {
    if (isOurs()) makeDirectories(kb.fileSystem, directory);
    const locks = isOurs() ? kb.locks() : undefined;
    for (let left = locks ? TRIES : 0; left > 0 && lock === undefined; left -= 1) {
      lock = locks?.tryLock(join(directory, 'lock'), 'exclusive');
      if (lock === undefined) pause();
    }
  } catch {
    // a cache that cannot be written
  }
  try {
    work(lock !== undefined);
  } finally {
    lock?.release();
  }
}

/** A line takes another process less time than a turn of the event loop would. */
const pause = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);

/**
 * Gives the file of a past month, or one that has grown large, a name of its own. Under the lock, so that no name is
 * taken twice; whoever appends without it appends to the same file.
 */
function beginAnew(kb: Place, now: string): void {
  const { fileSystem } = kb;
  const path = pathOf(kb);
  try {
    const stat = fileSystem.stat(path);
    const month = stat?.kind === 'file' ? monthOf(head(fileSystem, path)) : undefined;
    if (stat === undefined || month === undefined) return;
    if (stat.size < LARGE && month >= now.slice(0, 7)) return;
    for (let number = 1; ; number += 1) {
      const other = pathOf(kb, `usage-${month}${number === 1 ? '' : `-${number}`}.jsonl`);
      if (fileSystem.stat(other) !== undefined) continue;
      fileSystem.rename(path, other);
      fileSystem.syncDirectory(join(kb.root, '.openkb'));
      return;
    }
  } catch {
    // it goes on growing until the next time
  }
}

/** `2026-01` of the first whole entry. */
const monthOf = (text: string): string | undefined =>
  /"at":\s*"(\d{4}-(?:0[1-9]|1[0-2]))-/.exec(text)?.[1];

function head(fileSystem: FileSystem, path: string): string {
  const buffer = new Uint8Array(HEAD);
  return new TextDecoder().decode(buffer.subarray(0, readAt(fileSystem, path, buffer, 0)));
}

/** Whether the last line was cut off: what is appended to it would be lost with it. */
function endsTorn(kb: Place): boolean {
  const { fileSystem } = kb;
  const size = fileSystem.stat(pathOf(kb))?.size ?? 0;
  const last = new Uint8Array(1);
  return size > 0 && readAt(fileSystem, pathOf(kb), last, size - 1) === 1 && last[0] !== 10;
}

function readAt(
  fileSystem: FileSystem,
  path: string,
  buffer: Uint8Array,
  position: number,
): number {
  const handle = fileSystem.open(path, 'read');
  try {
    return handle.read(buffer, position);
  } finally {
    handle.close();
  }
}

/**
 * The entries, by file from the oldest on; a line that a crash cut off, or that is none, is passed over.
 *
 * @param since files that were last written before it may be left out
 */
export function readLedger(kb: Place, since?: Date): LedgerEntry[] {
  const names = namesOf(kb);
  const entries = names.flatMap((name) => readOne(kb, name, since));
  // a file that was given its own name in between was in none of those that were read
  return namesOf(kb).join(' ') === names.join(' ') ? entries : readLedger(kb, since);
}

function readOne(kb: Place, name: string, since: Date | undefined): LedgerEntry[] {
  const { fileSystem } = kb;
  const path = pathOf(kb, name);
  const stat = fileSystem.stat(path);
  if (stat?.kind !== 'file') return [];
  if (since !== undefined && stat.modified < since.getTime() - DAY) return [];
  const bytes = readFileIfThere(fileSystem, path);
  return bytes === undefined ? [] : entriesOf(new TextDecoder().decode(bytes));
}

/** Milliseconds by which clocks may differ, and more. */
const DAY = 24 * 3600 * 1000;

/** The present file last. */
function namesOf({ fileSystem, root }: Place): string[] {
  const names = fileSystem.list(join(root, '.openkb')).filter((name) => NAMES.test(name));
  return names.toSorted((a, b) => Number(a === NAME) - Number(b === NAME) || (a < b ? -1 : 1));
}

function entriesOf(text: string): LedgerEntry[] {
  return text.split('\n').flatMap((line) => {
    try {
      const entry = JSON.parse(line) as LedgerEntry;
      return typeof entry.model === 'string' && typeof entry.at === 'string' ? [entry] : [];
    } catch {
      return [];
    }
  });
}
