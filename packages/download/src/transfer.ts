import { type Scope, scopeOf } from './address/scope.ts';
import { DownloadError, type DownloadErrorCode } from './error.ts';
import { networkError, statusError } from './failures.ts';
import { fileNameOf } from './file-name.ts';
import { follow, type Followed } from './follow.ts';
import {
  canonicalLink,
  contentEncodings,
  contentLength,
  contentRange,
  contentType,
  strongValidator,
} from './headers.ts';
import type { HttpAnswer } from './http/http.ts';
import type { DownloadLimits } from './limits.ts';
import { Pace } from './pace.ts';
import type { Download, DownloadOptions } from './types.ts';
import { Unpacker } from './unpack.ts';
import type { WebAddress } from './web-address.ts';

/** What the sink throws ends the download as it is. */
export class SinkFailure extends Error {}

const ACCEPT = 'text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8';

/**
 * One download over all its attempts. Invariant: the sink holds what the first `received` bytes of
 * one representation unpack to, and `validator` names that representation.
 */
export class Transfer {
  readonly #asked: WebAddress;
  readonly #options: DownloadOptions;
  readonly #limits: DownloadLimits;
  /** Over the wire, of the present representation. */
  #received = 0;
  /** The most that any attempt has come to. */
  #farthest = 0;
  /** Given to the sink. */
  #written = 0;
  /** Where the typed address led first: a name that leads nearer in a later attempt is not followed. */
  #reached: Scope = 'machine';
  #validator: string | undefined;
  #coding = '';
  #unpacker: Unpacker;

  constructor(asked: WebAddress, options: DownloadOptions, limits: DownloadLimits) {
    this.#asked = asked;
    this.#options = options;
    this.#limits = limits;
    this.#unpacker = this.#newUnpacker();
  }

  /** Bytes that the farthest attempt has received. */
  get farthest(): number {
    return this.#farthest;
  }

  /** @throws {DownloadError} {@link SinkFailure} the system's error; the signal's reason */
  async attempt(signal: AbortSignal): Promise<Download> {
    const { href } = this.#asked.url;
    const pace = new Pace(href, this.#limits, signal);
    try {
      const followed = await follow(this.#asked, {
        http: this.#options.http,
        headers: this.#headers(),
        signal: pace.signal,
        redirects: this.#limits.redirects,
        allowPrivateNetwork: this.#options.allowPrivateNetwork ?? false,
        scopeOf: this.#options.scopeOf ?? scopeOf,
        reached: this.#reached,
        onFirst: (scope) => (this.#reached = scope),
      });
      pace.answered();
      try {
        if (this.#isUnchanged(followed.answer))
          return { ...this.#result(followed), unchanged: true };
        await this.#receive(followed.answer, pace);
      } finally {
        followed.answer.close();
      }
      return this.#result(followed);
    } catch (error) {
      throw pace.failure ?? error;
    } finally {
      pace.stop();
    }
  }

  close(): void {
    this.#unpacker.close();
  }

  #headers(): Record<string, string> {
    const validator = this.#received > 0 ? this.#validator : undefined;
    return {
      'user-agent': this.#options.userAgent,
      accept: ACCEPT,
      'accept-encoding': 'gzip, deflate, br',
      ...(validator !== undefined && {
        range: `bytes=${this.#received}-`,
        'if-range': validator,
      }),
      ...this.#conditions(),
    };
  }

  /** What makes the server say whether its content is the known one (RFC 9110, 13.1); none once bytes of another came. */
  #conditions(): Record<string, string> {
    if (this.#received > 0) return {};
    const { etag, lastModified } = this.#options.known ?? {};
    return {
      ...(etag !== undefined && { 'if-none-match': etag }),
      ...(lastModified !== undefined && { 'if-modified-since': lastModified }),
    };
  }

  /** 304 answers a condition; unasked for it is as odd as any other. */
  #isUnchanged({ status }: HttpAnswer): boolean {
    return status === 304 && Object.keys(this.#conditions()).length > 0;
  }

  async #receive(answer: HttpAnswer, pace: Pace): Promise<void> {
    const expected = this.#begin(answer);
    if (expected !== undefined && expected > this.#limits.bytes) throw this.#tooLarge(expected);
    try {
      for await (const chunk of answer.body) {
        pace.received(chunk.length);
        await this.#take(chunk, expected);
      }
    } catch (error) {
      if (networkError('', error, true)?.transient !== true) throw error;
      throw this.#cutOff(expected, error);
    }
    if (expected !== undefined && this.#received !== expected) throw this.#cutOff(expected);
    await this.#unpack(() => this.#unpacker.end());
    if (this.#written === 0) throw this.#fail('empty', 'has no content', false);
  }

  async #take(chunk: Uint8Array, expected: number | undefined): Promise<void> {
    this.#received += chunk.length;
    this.#farthest = Math.max(this.#farthest, this.#received);
    if (this.#received > this.#limits.bytes) throw this.#tooLarge();
    await this.#unpack(() => this.#unpacker.write(chunk));
    const total = expected === undefined ? {} : { total: expected };
    this.#options.onProgress?.({ received: this.#received, ...total });
  }

  /**
   * Makes ready for the body: goes on where the last attempt ended, or begins anew.
   * @returns bytes that the whole has over the wire, where the server says so
   */
  #begin(answer: HttpAnswer): number | undefined {
    const length = contentLength(answer);
    const [coding = '', ...more] = contentEncodings(answer);
    if (answer.status === 206) {
      const range = contentRange(answer);
      if (range?.first === this.#received && coding === this.#coding && more.length === 0)
        return range.total ?? (length === undefined ? undefined : this.#received + length);
    }
    if (answer.status === 206 || answer.status === 416) {
      this.#restart(undefined, '');
      throw this.#fail('broken-off', 'was not continued where it had broken off', true);
    }
    if (answer.status !== 200 && answer.status !== 203) {
      if (answer.status > 203 && answer.status < 206)
        throw this.#fail('empty', 'has no content', false);
      throw statusError(this.#asked.url.href, answer, this.#options.clock.now());
    }
    if (more.length > 0 || !Unpacker.knows(coding))
      throw this.#fail('bad-encoding', `comes packed as "${[coding, ...more].join(', ')}"`, false);
    this.#restart(strongValidator(answer), coding);
    return length;
  }

  #restart(validator: string | undefined, coding: string): void {
    this.#validator = validator;
    this.#coding = coding;
    this.#received = 0;
    this.#unpacker.close();
    this.#unpacker = this.#newUnpacker();
    if (this.#written > 0) intoSink(() => this.#options.sink.restart());
    this.#written = 0;
  }

  #newUnpacker(): Unpacker {
    return new Unpacker(this.#coding, (bytes) => {
      this.#written += bytes.length;
      if (this.#written > this.#limits.bytes) throw this.#tooLarge();
      intoSink(() => this.#options.sink.write(bytes));
    });
  }

  async #unpack(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (error instanceof DownloadError || error instanceof SinkFailure || code === '')
        throw error;
      if (code === 'Z_BUF_ERROR') throw this.#fail('broken-off', 'ended before it was whole', true);
      throw this.#fail('bad-encoding', `is not packed as it says: "${this.#coding}"`, false, error);
    }
  }

  #result({ answer, url, unencrypted }: Followed): Download {
    const canonicalUrl = canonicalLink(answer, url);
    const etag = answer.header('etag');
    const lastModified = answer.header('last-modified');
    return {
      url: this.#asked.url.href,
      finalUrl: url.href,
      ...(canonicalUrl !== undefined && { canonicalUrl }),
      fileName: fileNameOf(answer, this.#asked.url, url),
      ...contentType(answer),
      bytes: this.#written,
      ...(etag !== undefined && { etag }),
      ...(lastModified !== undefined && { lastModified }),
      messages: unencrypted
        ? [{ code: 'unencrypted', text: `it came over an unencrypted connection: ${url.origin}` }]
        : [],
    };
  }

  #cutOff(expected: number | undefined, cause?: unknown): DownloadError {
    const of = expected === undefined ? '' : ` of ${expected}`;
    const what = `broke off after ${this.#received}${of} bytes`;
    return this.#fail('broken-off', what, true, cause);
  }

  #tooLarge(size?: number): DownloadError {
    const limit = inMebibytes(this.#limits.bytes);
    const what =
      size === undefined
        ? `has more than ${limit}, which is the limit`
        : `has ${inMebibytes(size)}, over the limit of ${limit}`;
    return this.#fail('too-large', what, false);
  }

  #fail(code: DownloadErrorCode, what: string, transient: boolean, cause?: unknown): DownloadError {
    return new DownloadError(code, `"${this.#asked.url.href}" ${what}`, { transient, cause });
  }
}

const inMebibytes = (bytes: number): string =>
  bytes < 2 ** 20 ? `${bytes} bytes` : `${Math.round((bytes / 2 ** 20) * 10) / 10} MiB`;

function intoSink(work: () => void): void {
  try {
    work();
  } catch (cause) {
    throw new SinkFailure('the sink failed', { cause });
  }
}
