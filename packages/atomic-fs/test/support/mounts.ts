/** Devices of this machine to test on, as far as it permits. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Mount {
  readonly path: string;
  release(): void;
}

/** An empty tmpfs of so many bytes, or `undefined` where this user may not mount. */
export function mountSmallDisk(bytes: number): Mount | undefined {
  if (process.platform !== 'linux') return undefined;
  const path = mkdtempSync(join(tmpdir(), 'openkb-mount-'));
  const options = `size=${bytes},mode=0700`;
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'openkb', path]);
  if (status === 0) {
    return {
      path,
      release() {
        // lazily: a test that failed may have left a file open
        spawnSync('umount', ['--lazy', path]);
        rmdirSync(path);
      },
    };
  }
  rmdirSync(path);
  return undefined;
}

/** A directory on another device than the temporary directory, or `undefined` where there is none. */
export function secondDevice(): Mount | undefined {
  try {
    if (statSync('/dev/shm').dev !== statSync(tmpdir()).dev) {
      const path = mkdtempSync('/dev/shm/openkb-device-');
      return { path, release: () => rmSync(path, { recursive: true, force: true }) };
    }
  } catch {
    // no such device here
  }
  return mountSmallDisk(1 << 24);
}

/** Whether this machine lets a test mount a disk; found out by doing it. */
export function canMount(): boolean {
  const mount = mountSmallDisk(1 << 16);
  mount?.release();
  return mount !== undefined;
}

export function hasSecondDevice(): boolean {
  const device = secondDevice();
  device?.release();
  return device !== undefined;
}
