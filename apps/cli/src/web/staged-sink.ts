import { createHash } from 'node:crypto';

import { AtomicFsError, type FileHandle, type FileSystem } from '@openkb/atomic-fs';
import type { Sink } from '@openkb/download';

/** A new file that a download is written to, hashed on the way. Whoever made its directory removes it. */
export class StagedSink implements Sink {
  readonly #fileSystem: FileSystem;
  readonly #path: string;
  #handle: FileHandle;
  #hash = createHash('sha256');
  #isOpen = true;

  /** @param path must not exist */
  constructor(fileSystem: FileSystem, path: string) {
    this.#fileSystem = fileSystem;
    this.#path = path;
    this.#handle = fileSystem.open(path, 'create');
  }

  write(bytes: Uint8Array): void {
    for (let rest = bytes; rest.length > 0;) {
      const written = this.#handle.write(rest);
      if (written === 0)
        throw new AtomicFsError('short-write', `"${this.#path}" takes no more bytes`);
      rest = rest.subarray(written);
    }
    this.#hash.update(bytes);
  }

  restart(): void {
    this.close();
    this.#fileSystem.unlink(this.#path);
    this.#handle = this.#fileSystem.open(this.#path, 'create');
    this.#isOpen = true;
    this.#hash = createHash('sha256');
  }

  /** Forces the file to disk. @returns SHA-256 of what was written */
  finish(): string {
    this.#handle.sync();
    this.close();
    return this.#hash.digest('hex');
  }

  /** Safe to call twice. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#handle.close();
  }
}
