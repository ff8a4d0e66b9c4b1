/** What only real devices show: two of them, a full one, and one whose files are in use. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import {
  appendFile,
  copyFile,
  hardLinkOrCopy,
  moveIntoPlace,
  nodeFileSystem,
  publishFile,
  removeTree,
  replaceFile,
  replaceFromStream,
  writeNewFile,
} from '../src/index.ts';
import { forPlatform } from '../src/node/node-file-system.ts';
import {
  canMount,
  hasSecondDevice,
  mountSmallDisk,
  secondDevice,
  type Mount,
} from './support/mounts.ts';

const disk = nodeFileSystem();
const MEBIBYTE = 1 << 20;
const mountable = canMount();
const twoDevices = hasSecondDevice();
let home: string;
const at = (name: string) => join(home, name);

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'openkb-devices-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe.skipIf(!twoDevices)(
  'two devices (needs /dev/shm on another one, or leave to mount)',
  () => {
    let other: Mount;
    const there = (name: string) => join(other.path, name);

    beforeEach(() => {
      other = secondDevice()!;
      writeFileSync(there('staged'), 'staged');
      chmodSync(there('staged'), 0o604);
    });
    afterEach(() => other.release());

    test('the system itself refuses to rename between them', () => {
      expect(() => disk.rename(there('staged'), at('f'))).toThrow(
        expect.objectContaining({ code: 'EXDEV' }),
      );
    });

    test('a file is published across them, with its permission bits, and is gone where it was', () => {
      writeFileSync(at('f'), 'old');
      publishFile(disk, there('staged'), at('f'), { id: '1' });
      expect(readFileSync(at('f'), 'utf8')).toBe('staged');
      expect(statSync(at('f')).mode & 0o777).toBe(0o604);
      expect([readdirSync(home), readdirSync(other.path)]).toEqual([['f'], []]);
    });

    test('a large file is published across them in pieces', () => {
      const bytes = Buffer.alloc(3 * MEBIBYTE + 17, 'abcdefg');
      writeFileSync(there('large'), bytes);
      moveIntoPlace(disk, there('large'), at('large'), { id: '1' });
      expect(Buffer.compare(readFileSync(at('large')), bytes)).toBe(0);
    });

    test('a link becomes a copy', () => {
      expect(hardLinkOrCopy(disk, there('staged'), at('f'))).toBe('copy');
      expect(readFileSync(at('f'), 'utf8')).toBe('staged');
      expect(readFileSync(there('staged'), 'utf8')).toBe('staged');
    });

    test('over a directory nothing is published, and nothing is lost', () => {
      mkdirSync(at('f'));
      expect(() => publishFile(disk, there('staged'), at('f'), { id: '1' })).toThrow(/EISDIR/);
      expect([readdirSync(home), readdirSync(other.path)]).toEqual([['f'], ['staged']]);
    });
  },
);

describe.skipIf(!mountable)('a full disk (needs leave to mount a tmpfs)', () => {
  let small: Mount;
  const there = (name: string) => join(small.path, name);
  const big = Buffer.alloc(1.5 * MEBIBYTE, 'new ');
  const full = expect.objectContaining({ code: 'ENOSPC' });

  beforeEach(() => {
    small = mountSmallDisk(MEBIBYTE)!;
    writeFileSync(there('f'), 'old');
  });
  afterEach(() => small.release());

  /** Whatever failed: the old file is whole and nothing is beside it. */
  function expectOldAlone(): void {
    expect(readFileSync(there('f'), 'utf8')).toBe('old');
    expect(readdirSync(small.path)).toEqual(['f']);
  }

  test('bytes that do not fit are not published in part', () => {
    expect(() => replaceFile(disk, there('f'), big, { id: '1' })).toThrow(full);
    expectOldAlone();
  });

  test('chunks that do not fit are not published in part', () => {
    const chunks = Array.from({ length: 24 }, (_, index) =>
      big.subarray(index * 65_536, (index + 1) * 65_536),
    );
    expect(() => replaceFile(disk, there('f'), chunks, { id: '1' })).toThrow(full);
    expectOldAlone();
  });

  test('a stream that does not fit is not published in part', async () => {
    const stream = new Blob([big]).stream();
    await expect(replaceFromStream(disk, there('f'), stream, { id: '1' })).rejects.toThrow(full);
    expectOldAlone();
  });

  test('a new file and a copy that do not fit leave nothing', () => {
    writeFileSync(at('big'), big);
    expect(() => writeNewFile(disk, there('new'), big)).toThrow(full);
    expect(() => copyFile(disk, at('big'), there('new'))).toThrow(full);
    expectOldAlone();
  });

  test('a file from another device that does not fit stays where it is', () => {
    writeFileSync(at('big'), big);
    expect(() => publishFile(disk, at('big'), there('f'), { id: '1' })).toThrow(full);
    expect(Buffer.compare(readFileSync(at('big')), big)).toBe(0);
    expectOldAlone();
  });

  test('an append that does not fit leaves the old bytes, and the disk takes the next one', () => {
    expect(() => appendFile(disk, there('f'), big)).toThrow(full);
    expect(() => appendFile(disk, there('log'), big)).toThrow(full);
    appendFile(disk, there('log'), 'fits');
    expect(readFileSync(there('log'), 'utf8')).toBe('fits');
    removeTree(disk, there('log'));
    expectOldAlone();
  });

  test('a disk without a byte to spare says so', () => {
    const block = Buffer.alloc(4096);
    const fill = (): void => {
      for (let n = 0; n < 1000; n += 1) writeNewFile(disk, there(`fill-${n}`), block);
    };
    expect(fill).toThrow(full);
    expect(() => replaceFile(disk, there('f'), 'x'.repeat(8192), { id: '1' })).toThrow(full);
    for (const name of readdirSync(small.path)) if (name !== 'f') removeTree(disk, there(name));
    expectOldAlone();
  });
});

describe.skipIf(!mountable)('a directory in use (needs leave to mount a tmpfs)', () => {
  test('is an error at once here, and waited for where the platform is Windows', () => {
    const mount = mountSmallDisk(65_536)!;
    try {
      expect(() => forPlatform('linux').removeDirectory(mount.path)).toThrow(/EBUSY/);
      expect(() => disk.removeDirectory(mount.path)).toThrow(/EBUSY/);
      const waits: unknown[] = [];
      vi.spyOn(Atomics, 'wait').mockImplementation((...[, , , milliseconds]) => {
        if (waits.push(milliseconds) === 3) execFileSync('umount', [mount.path]);
        return 'timed-out';
      });
      forPlatform('win32').removeDirectory(mount.path);
      expect(waits).toEqual([10, 20, 40]);
      expect(disk.stat(mount.path)).toBeUndefined();
    } finally {
      if (disk.stat(mount.path) !== undefined) mount.release();
    }
  });
});
