/** A directory of the real disk that a test has for itself. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TemporaryDirectory {
  /** Absolute real path, without symbolic links. */
  readonly path: string;
  /** Removes the directory with all it holds; safe to call twice. */
  dispose(): void;
}

/**
 * Makes an empty directory.
 * @param parent directory to make it in, such as a mount of another device; default the system's
 */
export function temporaryDirectory(parent: string = tmpdir()): TemporaryDirectory {
  const path = mkdtempSync(join(realpathSync(parent), 'openkb-test-'));
  return {
    path,
    dispose: () => rmSync(path, { recursive: true, force: true, maxRetries: 3 }),
  };
}
