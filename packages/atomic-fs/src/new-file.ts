/**
 * A file on its way: opened under a name that nobody uses yet, filled piece by piece, and in the
 * end either finished (all bytes there, permission bits set, data synced) or discarded.
 *
 * The owner calls `write` any number of times, then `finish` once; after any error `discard`,
 * which removes the name again and is safe to call at every moment, twice too. Memory: one chunk.
 */
import { createHash } from 'node:crypto';

import { AtomicFsError } from './errors.ts';
import type { FileHandle, FileSystem } from './file-system.ts';
import type { FileDigest } from './read-file.ts';
import { writeFully } from './write-fully.ts';

export interface WriteOptions {
  /** Permission bits, set as given; without it `0o666` as the umask allows. */
  readonly mode?: number;
  /** Force the data to disk before returning (default true). */
  readonly sync?: boolean;
}

export class NewFile {
  readonly #fileSystem: FileSystem;
  readonly #path: string;
  readonly #options: WriteOptions;
  readonly #handle: FileHandle;
  readonly #hash = createHash('sha256');
  #size = 0;
  #finished = false;

  /** @throws `EEXIST`, `EACCES`, …: then nothing was made */
  constructor(fileSystem: FileSystem, path: string, options: WriteOptions = {}) {
    this.#fileSystem = fileSystem;
    this.#path = path;
    this.#options = options;
    this.#handle = fileSystem.open(path, 'create', options.mode);
  }

  /** Writes all of the chunk, which the caller may use again afterwards. */
  write(chunk: Uint8Array): void {
    writeFully(this.#handle, chunk, this.#path);
    this.#hash.update(chunk);
    this.#size += chunk.length;
  }

  /** @throws `AtomicFsError` `short-write` when fewer bytes are stored than were written */
  finish(): FileDigest {
    const { mode, sync = true } = this.#options;
    const stored = this.#handle.stat();
    if (stored.size !== this.#size) {
      throw new AtomicFsError(
        'short-write',
        `"${this.#path}" holds ${stored.size} bytes where ${this.#size} were written`,
      );
    }
    // the umask may have taken bits away
    if (mode !== undefined && (stored.mode & 0o777) !== mode) this.#handle.setMode(mode);
    if (sync) this.#handle.sync();
    this.#handle.close();
    this.#finished = true;
    return { size: this.#size, sha256: this.#hash.digest('hex') };
  }

  /** The error that led here is the one to report: what fails here is passed over. */
  discard(): void {
    if (this.#finished) return;
    this.#finished = true;
    for (const step of [() => this.#handle.close(), () => this.#fileSystem.unlink(this.#path)]) {
      try {
        step();
      } catch {
        // reported by the error that led here
      }
    }
  }
}
