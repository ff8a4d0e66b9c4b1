import {
  type Clock,
  type Download,
  download,
  type DownloadError,
  type DownloadOptions,
  nodeHttp,
  type Progress,
  type Retry,
  type Sink,
} from '../src/index.ts';

/** A sink that keeps what it is given. */
export class MemorySink implements Sink {
  readonly chunks: Buffer[] = [];
  restarts = 0;

  write(bytes: Uint8Array): void {
    this.chunks.push(Buffer.from(bytes));
  }

  restart(): void {
    this.restarts += 1;
    this.chunks.length = 0;
  }

  get bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }
}

/** A clock on which sleeping takes no time. */
export class TestClock implements Clock {
  readonly sleeps: number[] = [];

  now(): number {
    return Date.parse('2026-01-02T03:04:05Z');
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    this.sleeps.push(milliseconds);
    return signal?.aborted === true ? Promise.reject(signal.reason as Error) : Promise.resolve();
  }
}

export interface Got {
  readonly sink: MemorySink;
  readonly clock: TestClock;
  readonly progress: readonly Progress[];
  readonly retries: readonly Retry[];
  readonly result: Download;
}

export interface Failed {
  readonly sink: MemorySink;
  readonly clock: TestClock;
  readonly retries: readonly Retry[];
  readonly error: DownloadError;
}

type Options = Partial<DownloadOptions>;

async function attempt(url: string, options: Options) {
  const sink = new MemorySink();
  const clock = new TestClock();
  const progress: Progress[] = [];
  const retries: Retry[] = [];
  const outcome = await download(url, {
    sink,
    clock,
    http: nodeHttp(),
    random: () => 0.5,
    userAgent: 'openkb-test',
    onProgress: (one) => progress.push(one),
    onRetry: (one) => retries.push(one),
    ...options,
  }).then(
    (result) => ({ result }),
    (error: DownloadError) => ({ error }),
  );
  return { sink, clock, progress, retries, outcome };
}

export async function get(url: string, options: Options = {}): Promise<Got> {
  const { outcome, ...rest } = await attempt(url, options);
  if ('error' in outcome) throw outcome.error;
  return { ...rest, ...outcome };
}

/** A download that must fail. */
export async function failed(url: string, options: Options = {}): Promise<Failed> {
  const { outcome, ...rest } = await attempt(url, options);
  if ('result' in outcome) throw new Error(`it did not fail: ${JSON.stringify(outcome.result)}`);
  return { ...rest, ...outcome };
}

/** Bytes that no two places have alike. */
export function content(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let i = 0, state = 1; i < length; i += 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    bytes[i] = state >> 16;
  }
  return bytes;
}
