import { join } from 'node:path';

import type { Download } from '@openkb/download';
import type { Staging } from '@openkb/journal';

import type { AddRun } from '../add/add-source.ts';
import { localTime } from '../report/local-time.ts';
import { fetchSource } from './fetch.ts';
import { type KeptDownload, keptDownload, takeDownload } from './kept-downloads.ts';
import { StagedSink } from './staged-sink.ts';
import type { WebSource } from './web-source.ts';

export interface Fetched {
  readonly download: Download;
  readonly sha256: string;
  /** Absolute path of the bytes in the staging directory. */
  readonly staged: string;
  /** An earlier try has left it, and it stays where it is. */
  readonly isKept: boolean;
}

/** Milliseconds for which a download is used again whose server cannot say whether it is still the same: a day. */
const FRESH = 24 * 3600 * 1000;

/**
 * The bytes of a web source: those that an earlier try has left, while they are still what the server has, else
 * downloaded. With `--force` always downloaded.
 */
export async function fetchedOrKept(
  run: AddRun,
  source: WebSource,
  { directory }: Pick<Staging, 'directory'>,
): Promise<Fetched> {
  const { services, kb, lock, force } = run;
  const now = services.clock();
  const staged = join(directory, 'source');
  const left = force ? undefined : keptDownload(kb, source.path, now);
  const place = join(directory, 'kept');
  const kept =
    left && takeDownload(kb, left, place) ? { ...left, staged: place, isKept: true } : undefined;
  const canTell = kept?.download.etag !== undefined || kept?.download.lastModified !== undefined;
  const useKept = (of: KeptDownload & Fetched): Fetched => {
    const when = localTime(of.at);
    lock.reporter.note(
      `${source.shown}: what was downloaded at ${when} is used; --force does it again`,
    );
    return of;
  };
  if (kept && !canTell && now.getTime() - kept.at.getTime() <= FRESH) return useKept(kept);
  const sink = new StagedSink(services.fileSystem, staged);
  try {
    const download = await fetchSource(services, source, {
      sink,
      signal: lock.signal,
      reporter: lock.reporter,
      allowPrivateNetwork: run.allowPrivateNetwork,
      known: canTell ? kept?.download : undefined,
      onState: (state) => run.onStep(source, 'fetch', state),
    });
    if (kept && download.unchanged) return useKept(kept);
    return { download, sha256: sink.finish(), staged, isKept: false };
  } finally {
    sink.close();
  }
}
