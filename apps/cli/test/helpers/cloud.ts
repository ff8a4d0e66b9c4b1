import { createClient } from '@openkb/pageindex-cloud';
import {
  type PageIndexServer,
  type ServerOptions,
  startPageIndexServer,
} from '@openkb/test-kit/pageindex-server';

import type { Services } from '../../src/services.ts';

/** A clock on which nobody waits: it is as late as it was told to sleep. */
function fastClock() {
  let now = 0;
  return {
    now: () => now,
    sleep: (milliseconds: number, signal?: AbortSignal): Promise<void> => {
      now += milliseconds;
      return new Promise((resolve, reject) => {
        setImmediate(() => (signal?.aborted ? reject(signal.reason as Error) : resolve()));
      });
    },
  };
}

/** Services whose pauses between requests take no time. */
export const fastCloud: Pick<Services, 'cloud'> = {
  cloud: (options) => Promise.resolve(createClient({ ...options, fetch, clock: fastClock() })),
};

export interface Cloud {
  readonly server: PageIndexServer;
  /** Key and address of the server in the environment. */
  readonly services: Pick<Services, 'cloud' | 'environment'>;
}

/** A fake of the service that is closed with the test. */
export async function startCloud(
  onTestFinished: (cleanup: () => Promise<void>) => void,
  options: ServerOptions = {},
): Promise<Cloud> {
  const server = await startPageIndexServer(options);
  onTestFinished(() => server.close());
  const environment = { PAGEINDEX_API_KEY: server.apiKey, PAGEINDEX_API_URL: server.url };
  return { server, services: { ...fastCloud, environment } };
}
