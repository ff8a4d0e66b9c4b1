import {
  type PageIndexServer,
  type ServerOptions,
  startPageIndexServer,
} from '@openkb/test-kit/pageindex-server';
import { afterEach } from 'vitest';

import { type ClientOptions, type PageIndexClient, createClient } from '../src/index.ts';

/** A clock that is as late as it has been told to sleep. */
export class TestClock {
  readonly sleeps: number[] = [];
  #now = 0;

  now(): number {
    return this.#now;
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    this.sleeps.push(milliseconds);
    this.#now += milliseconds;
    return signal?.aborted === true ? Promise.reject(signal.reason as Error) : Promise.resolve();
  }
}

const running: PageIndexServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

export interface Setup {
  readonly server: PageIndexServer;
  readonly clock: TestClock;
  readonly client: PageIndexClient;
}

/** A server and a client of it; the server is closed after the test. */
export const setUp = async (
  server: ServerOptions = {},
  client: Partial<ClientOptions> = {},
): Promise<Setup> => {
  const started = await startPageIndexServer(server);
  running.push(started);
  const clock = new TestClock();
  const options = { apiKey: started.apiKey, baseUrl: started.url, fetch, clock, ...client };
  return { server: started, clock, client: createClient(options) };
};

export const pdf = (text = 'text'): Blob => new Blob([`%PDF-1.7\n${text}`]);

/** The error that a promise rejects with. */
export const failureOf = async (promise: Promise<unknown>): Promise<any> => {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('it did not fail');
};
