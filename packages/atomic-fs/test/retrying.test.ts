/** Files in use on Windows, played by a simulated disk that refuses for a while. */
import { SimulatedFileSystem } from '@openkb/test-kit/file-system';
import { expect, test, vi } from 'vitest';

import { readFile, replaceFile, retrying, writeNewFile, type FileSystem } from '../src/index.ts';
import { sleep } from '../src/node/sleep.ts';

type Call = 'rename' | 'unlink' | 'removeDirectory' | 'makeDirectory' | 'list' | 'open';

const calls: Record<Call, (disk: FileSystem) => unknown> = {
  rename: (disk) => disk.rename('/file', '/other'),
  unlink: (disk) => disk.unlink('/file'),
  removeDirectory: (disk) => disk.removeDirectory('/directory'),
  makeDirectory: (disk) => disk.makeDirectory('/other'),
  list: (disk) => disk.list('/directory'),
  open: (disk) => disk.open('/file', 'read').close(),
};
const names = Object.keys(calls) as Call[];
const busy = ['EBUSY', 'EPERM', 'EACCES'];

const failure = (code: string) => Object.assign(new Error(code), { code });

/** A disk on which one call fails so many times with the code; `tries` are those that it saw. */
function refusing(call: keyof FileSystem, code: string, times: number) {
  const disk = new SimulatedFileSystem();
  writeNewFile(disk, '/file', Buffer.from('text'));
  disk.makeDirectory('/directory');
  const seen = { tries: 0 };
  const fileSystem: FileSystem = new Proxy(disk, {
    get(target, name) {
      const method = target[name as 'list'].bind(target);
      if (name !== call) return method;
      return (...parameters: [string]) => {
        seen.tries += 1;
        if (seen.tries <= times) throw failure(code);
        return method(...parameters);
      };
    },
  });
  return { disk, fileSystem, seen };
}

function patient(fileSystem: FileSystem, platform: NodeJS.Platform = 'win32', attempts?: number) {
  const slept: number[] = [];
  const wait = (milliseconds: number): void => void slept.push(milliseconds);
  const options = { platform, sleep: wait, ...(attempts === undefined ? {} : { attempts }) };
  return { slept, disk: retrying(fileSystem, options) };
}

test.each(names.flatMap((name) => busy.map((code) => [name, code] as const)))(
  '%s is tried again on %s until the file is free',
  (name, code) => {
    const { fileSystem, seen } = refusing(name, code, 3);
    const { disk, slept } = patient(fileSystem);
    calls[name](disk);
    expect(slept).toEqual([10, 20, 40]);
    expect(seen.tries).toBe(4);
  },
);

test('a directory that was emptied and not let go yet is waited for, one that holds something is not', () => {
  const { fileSystem, seen } = refusing('removeDirectory', 'ENOTEMPTY', 2);
  const { disk, slept } = patient(fileSystem);
  disk.removeDirectory('/directory');
  expect([slept, seen.tries]).toEqual([[10, 20], 3]);
  const full = refusing('removeDirectory', 'EBUSY', 0);
  writeNewFile(full.disk, '/directory/file', Buffer.from('text'));
  const second = patient(full.fileSystem);
  expect(() => second.disk.removeDirectory('/directory')).toThrow(/ENOTEMPTY/);
  expect(second.slept).toEqual([]);
});

test('a file that stays in use is given up after about ten seconds, with the error of the system', () => {
  const { fileSystem, seen } = refusing('rename', 'EBUSY', Infinity);
  const { disk, slept } = patient(fileSystem);
  expect(() => calls.rename(disk)).toThrow('EBUSY');
  expect(seen.tries).toBe(17);
  expect(Math.max(...slept)).toBe(1000);
  const whole = slept.reduce((sum, one) => sum + one, 0);
  expect(whole).toBeGreaterThan(9000);
  expect(whole).toBeLessThan(11_000);
});

test('the number of tries is the caller’s', () => {
  const { fileSystem, seen } = refusing('unlink', 'EBUSY', Infinity);
  expect(() => calls.unlink(patient(fileSystem, 'win32', 2).disk)).toThrow('EBUSY');
  expect(seen.tries).toBe(2);
});

test.each(['ENOENT', 'ENOSPC', 'EIO', 'EMFILE', 'EXDEV', 'EROFS'])('%s is final', (code) => {
  const { fileSystem, seen } = refusing('rename', code, 1);
  const { disk, slept } = patient(fileSystem);
  expect(() => calls.rename(disk)).toThrow(code);
  expect([slept, seen.tries]).toEqual([[], 1]);
});

test.each(['linux', 'darwin'] as const)('on %s every code is final', (platform) => {
  const { fileSystem, seen } = refusing('rename', 'EBUSY', 1);
  const { disk, slept } = patient(fileSystem, platform);
  expect(() => calls.rename(disk)).toThrow('EBUSY');
  expect([slept, seen.tries]).toEqual([[], 1]);
});

test('a sync is never tried again, of a file or a directory, and no other call is', () => {
  for (const name of ['syncDirectory', 'link', 'stat'] as const) {
    const { fileSystem, seen } = refusing(name, 'EBUSY', 1);
    const { disk, slept } = patient(fileSystem);
    const call = disk[name];
    expect(() => call('/file', '/other')).toThrow('EBUSY');
    expect([slept, seen.tries]).toEqual([[], 1]);
  }
  const simulated = new SimulatedFileSystem();
  const { disk, slept } = patient(simulated);
  simulated.failAt(1, 'EIO', 'once', ({ name }) => name === 'sync');
  expect(() => replaceFile(disk, '/new', 'text', { id: '1' })).toThrow('EIO');
  expect(slept).toEqual([]);
  expect(simulated.calls.filter(({ name }) => name === 'sync')).toHaveLength(1);
  expect(disk.list('/')).toEqual([]);
});

test('a directory where a file is expected is refused at once', () => {
  const { fileSystem, seen } = refusing('unlink', 'EPERM', Infinity);
  const { disk, slept } = patient(fileSystem);
  expect(() => disk.unlink('/directory')).toThrow('EPERM');
  expect([slept, seen.tries]).toEqual([[], 1]);
});

test('a file is replaced though a scanner holds it open for a while', () => {
  const { disk: simulated, fileSystem } = refusing('rename', 'EPERM', 5);
  const { disk, slept } = patient(fileSystem);
  replaceFile(disk, '/file', 'new', { id: '1' });
  expect(slept).toEqual([10, 20, 40, 80, 160]);
  expect(Buffer.from(readFile(simulated, '/file')).toString()).toBe('new');
  expect(simulated.list('/')).toEqual(['directory', 'file']);
});

/** Windows replaces no file that is marked read-only. */
function readOnlyRefused(disk: SimulatedFileSystem, more: () => void = () => {}): FileSystem {
  return new Proxy(disk, {
    get(target, name) {
      if (name !== 'rename') return target[name as 'list'].bind(target);
      return (from: string, to: string) => {
        if (((target.stat(to)?.mode ?? 0o200) & 0o200) === 0) throw failure('EPERM');
        more();
        target.rename(from, to);
      };
    },
  });
}

test('a read-only file is replaced and the new one is read-only', () => {
  const simulated = new SimulatedFileSystem();
  writeNewFile(simulated, '/file', Buffer.from('old'), { mode: 0o444 });
  const { disk, slept } = patient(readOnlyRefused(simulated));
  replaceFile(disk, '/file', 'new', { id: '1' });
  expect(Buffer.from(readFile(simulated, '/file')).toString()).toBe('new');
  expect(simulated.stat('/file')?.mode).toBe(0o444);
  expect(slept).toEqual([]);
});

test('a read-only file that cannot be replaced all the same is read-only again', () => {
  const simulated = new SimulatedFileSystem();
  writeNewFile(simulated, '/file', Buffer.from('old'), { mode: 0o444 });
  const held = readOnlyRefused(simulated, () => {
    throw failure('EBUSY');
  });
  expect(() => replaceFile(patient(held).disk, '/file', 'new', { id: '1' })).toThrow('EBUSY');
  expect(simulated.stat('/file')?.mode).toBe(0o444);
  expect(Buffer.from(readFile(simulated, '/file')).toString()).toBe('old');
});

test('the sleep lasts as long as it is told, synchronously', () => {
  const wait = vi.spyOn(Atomics, 'wait');
  sleep(30);
  expect(wait.mock.calls.map(([, , , milliseconds]) => milliseconds)).toEqual([30]);
  expect(wait).toHaveReturnedWith('timed-out');
});
