import type { Transform } from 'node:stream';
import * as zlib from 'node:zlib';

/**
 * Undoes a content coding piece by piece. Pieces of the result are given to `out` one after the
 * other; what `out` throws ends the unpacking and is thrown on, so that a limit there holds before
 * the next piece is made.
 */
export class Unpacker {
  readonly #coding: string;
  readonly #out: (bytes: Uint8Array) => void;
  #held = Buffer.alloc(0);
  #stream: Transform | 'as it is' | undefined;
  #reject: (error: Error) => void = () => {};

  /** @param coding `gzip`, `deflate`, `br`, or `''` for none */
  constructor(coding: string, out: (bytes: Uint8Array) => void) {
    this.#coding = coding;
    this.#out = out;
    if (coding === '') this.#stream = 'as it is';
  }

  /** Whether this knows the coding. */
  static knows(coding: string): boolean {
    return ['', 'gzip', 'deflate', 'br'].includes(coding);
  }

  async write(chunk: Uint8Array): Promise<void> {
    if (this.#stream === undefined) {
      // the first two bytes tell what it is
      this.#held = Buffer.concat([this.#held, chunk]);
      if (this.#held.length < 2) return;
      this.#open();
      return this.#pass(this.#held);
    }
    return this.#pass(chunk);
  }

  /** @throws an error with code `Z_BUF_ERROR` where the packed data are not whole */
  async end(): Promise<void> {
    if (this.#stream === undefined && this.#held.length > 0) {
      this.#stream = 'as it is';
      await this.#pass(this.#held);
    }
    const stream = this.#stream;
    if (stream === undefined || stream === 'as it is') return;
    await new Promise<void>((resolve, reject) => {
      this.#reject = reject;
      stream.once('end', resolve);
      stream.end();
    });
  }

  /** Frees what it holds; safe to call twice. */
  close(): void {
    if (typeof this.#stream === 'object') this.#stream.destroy();
  }

  #open(): void {
    const stream = this.#decoder();
    this.#stream = stream;
    if (stream === 'as it is') return;
    stream.on('error', (error) => this.#reject(error));
    stream.on('data', (bytes: Uint8Array) => {
      if (stream.destroyed) return;
      try {
        this.#out(bytes);
      } catch (error) {
        this.#reject(error as Error);
        stream.destroy();
      }
    });
  }

  #decoder(): Transform | 'as it is' {
    const [first = 0, second = 0] = this.#held;
    if (this.#coding === 'br') return zlib.createBrotliDecompress();
    if (this.#coding === 'gzip')
      // some servers say gzip of what they do not pack
      return first === 0x1f && second === 0x8b ? zlib.createGunzip() : 'as it is';
    // "deflate" means the zlib form, but some send the bare one
    const isZlib = (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0;
    return isZlib ? zlib.createInflate() : zlib.createInflateRaw();
  }

  async #pass(chunk: Uint8Array): Promise<void> {
    const stream = this.#stream;
    if (stream === 'as it is' || stream === undefined) return this.#out(chunk);
    await new Promise<void>((resolve, reject) => {
      this.#reject = reject;
      stream.write(chunk, (error) => (error ? reject(error) : resolve()));
    });
  }
}
