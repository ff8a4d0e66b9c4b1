import { setTimeout } from 'node:timers/promises';

import { DownloadError, download, nodeHttp } from '@openkb/download';

const sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
  setTimeout(milliseconds, undefined, { signal });

/** The bytes of a web page or a file, in memory. */
export const read = async (url: string): Promise<Buffer> => {
  let pieces: Buffer[] = [];
  try {
    const { finalUrl, fileName } = await download(url, {
      sink: { write: (bytes) => pieces.push(Buffer.from(bytes)), restart: () => (pieces = []) },
      http: nodeHttp(),
      clock: { now: Date.now, sleep },
      random: Math.random,
      userAgent: 'my-program/1.0',
      limits: { bytes: 10_000_000 },
    });
    console.log(`${fileName} from ${finalUrl}`);
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    console.error(error.message);
  }
  return Buffer.concat(pieces);
};
