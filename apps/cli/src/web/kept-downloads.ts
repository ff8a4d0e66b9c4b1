/**
 * What was downloaded for a document that was not added (its compile failed, it was only planned or estimated),
 * in `.openkb/cache/downloads/`: the next try needs no second download. By address, without the credentials that
 * it may hold: the bytes as `<key>`, and as `<key>.json` what the server said of them and their hash. It goes
 * when its document is added, after a week, and the oldest where all together are too large. Nothing depends on it:
 * what was cut short or damaged is as if it were not there.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';

import {
  copyFile,
  makeDirectories,
  readFileIfThere,
  removeFile,
  replaceJson,
} from '@openkb/atomic-fs';
import type { Download } from '@openkb/download';

import type { KnowledgeBase } from '../knowledge-base/open.ts';
import { ownCache } from '../knowledge-base/own-cache.ts';
import type { Services } from '../services.ts';

export interface KeptDownload {
  readonly download: Download;
  readonly sha256: string;
  /** When it was downloaded. */
  readonly at: Date;
}

type Place = Pick<KnowledgeBase, 'fileSystem' | 'root'>;

/** Milliseconds after which nobody tries again: a week. */
const LASTS = 7 * 24 * 3600 * 1000;
/** Bytes of all that is kept. */
const MOST_BYTES = 256 * 2 ** 20;

const cacheOf = (kb: Place) => ownCache(kb, 'downloads');

const pathOf = (kb: Place, url: string): string =>
  join(cacheOf(kb).directory, createHash('sha256').update(url).digest('hex'));

/** Keeps the staged bytes of a download. A disk that refuses is no failure of the work. */
export function keepDownload(
  kb: Place,
  { clock, randomId, freeSpace }: Pick<Services, 'clock' | 'randomId' | 'freeSpace'>,
  { download, sha256, staged }: Omit<KeptDownload, 'at'> & { readonly staged: string },
): void {
  const { fileSystem } = kb;
  const { directory, isOurs } = cacheOf(kb);
  if (!isOurs() || download.bytes > MOST_BYTES) return;
  // the document itself comes first
  if ((freeSpace(kb.root) ?? Infinity) < MOST_BYTES + 4 * download.bytes) return;
  const path = pathOf(kb, download.url);
  const at = clock();
  try {
    forgetDownload(kb, download.url);
    makeRoom(kb, at, MOST_BYTES - download.bytes);
    makeDirectories(fileSystem, directory);
    // it may be nobody else's to read
    const mode = 0o600;
    copyFile(fileSystem, staged, path, { mode });
    const value = { download, sha256, at: at.toISOString() };
    replaceJson(fileSystem, `${path}.json`, value, { mode, id: randomId() });
  } catch {
    // the next try downloads it again
  }
}

/** What is kept of an address; `undefined` where nothing is, or nothing of use. */
export function keptDownload(kb: Place, url: string, now: Date): KeptDownload | undefined {
  try {
    const bytes = cacheOf(kb).isOurs()
      ? readFileIfThere(kb.fileSystem, `${pathOf(kb, url)}.json`)
      : undefined;
    if (bytes === undefined) return undefined;
    const kept = decode(JSON.parse(new TextDecoder().decode(bytes)));
    const age = now.getTime() - (kept?.at.getTime() ?? 0);
    return kept?.download.url === url && age >= 0 && age <= LASTS ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** Copies the kept bytes to a path that must not exist; false, with nothing there, where they are not what was downloaded. */
export function takeDownload(kb: Place, { download, sha256 }: KeptDownload, to: string): boolean {
  const { fileSystem } = kb;
  try {
    if (copyFile(fileSystem, pathOf(kb, download.url), to).sha256 === sha256) return true;
  } catch {
    // it went meanwhile, or is no file
  }
  removeFile(fileSystem, to);
  return false;
}

/** Safe to call where nothing is kept. */
export function forgetDownload(kb: Place, url: string): void {
  const path = pathOf(kb, url);
  try {
    if (cacheOf(kb).isOurs())
      for (const one of [`${path}.json`, path]) removeFile(kb.fileSystem, one);
  } catch {
    // it costs a little space, and goes in a week
  }
}

/** Removes what nobody came back for. */
export function removeOldDownloads(kb: Place, now: Date): void {
  try {
    makeRoom(kb, now, MOST_BYTES);
  } catch {
    // it costs a little space, and nothing else
  }
}

/** Removes what is old, then the oldest until the others fit. */
function makeRoom(kb: Place, now: Date, room: number): void {
  const { fileSystem } = kb;
  const { directory, isOurs } = cacheOf(kb);
  if (!isOurs() || fileSystem.stat(directory) === undefined) return;
  const files = fileSystem.list(directory).flatMap((name) => {
    const stat = fileSystem.stat(join(directory, name));
    return stat?.kind === 'file' ? [{ name, size: stat.size, modified: stat.modified }] : [];
  });
  let left = room;
  for (const { name, size, modified } of files.toSorted((a, b) => b.modified - a.modified)) {
    left -= size;
    if (left < 0 || now.getTime() - modified > LASTS) removeFile(fileSystem, join(directory, name));
  }
}

const TEXTS = ['canonicalUrl', 'mediaType', 'charset'] as const;
/** They are sent back to the server. */
const HEADERS = ['etag', 'lastModified'] as const;

const isText = (one: unknown): one is string => typeof one === 'string';

const isHeader = (one: unknown): boolean => isText(one) && /^[\t\x20-\x7E\x80-\xFF]*$/.test(one);

/** A cache may have come from somebody else: what is not of the right form is nothing. */
function decode(value: unknown): KeptDownload | undefined {
  const { download, sha256, at } = (value ?? {}) as Record<string, unknown>;
  const found = (download ?? {}) as Record<string, unknown>;
  const isSound =
    isText(sha256) &&
    isText(at) &&
    ['url', 'finalUrl', 'fileName'].every((key) => isText(found[key])) &&
    TEXTS.every((key) => found[key] === undefined || isText(found[key])) &&
    HEADERS.every((key) => found[key] === undefined || isHeader(found[key])) &&
    typeof found['bytes'] === 'number' &&
    Array.isArray(found['messages']) &&
    found['messages'].every((one) => isText(one?.code) && isText(one?.text));
  return isSound ? { download: download as Download, sha256, at: new Date(at) } : undefined;
}
