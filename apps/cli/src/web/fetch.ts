import type { Download, Sink } from '@openkb/download';

import type { Context } from '../command.ts';
import { bytes } from '../report/words.ts';
import type { Services } from '../services.ts';
import type { WebSource } from './web-source.ts';

export interface FetchOptions {
  readonly sink: Sink;
  readonly signal: AbortSignal;
  readonly reporter: Context['reporter'];
  readonly allowPrivateNetwork: boolean;
  /** What is there already of it. */
  readonly known?: Download | undefined;
  /** Told how far it is: `4.2 MB of 12.0 MB`. */
  readonly onState: (state: string) => void;
}

/** Milliseconds between two tellings. */
const OFTEN = 250;

/** Downloads a web source to the sink, and tells how far it is and what is tried again. */
export function fetchSource(
  services: Services,
  { url }: WebSource,
  { sink, signal, reporter, allowPrivateNetwork, known, onState }: FetchOptions,
): Promise<Download> {
  let told = 0;
  return services.download(url, {
    sink,
    signal,
    allowPrivateNetwork,
    ...(known && { known }),
    onProgress: ({ received, total }) => {
      const now = services.clock().getTime();
      if (now - told < OFTEN) return;
      told = now;
      onState(total === undefined ? bytes(received) : `${bytes(received)} of ${bytes(total)}`);
    },
    onRetry: ({ wait, reason }) => {
      reporter.note(`${reason}; trying again in ${Math.max(1, Math.round(wait / 1000))} s`);
    },
  });
}
