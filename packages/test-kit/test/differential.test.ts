/** Random histories have the same results and errors on the simulated disk as on the real one. */
import { symlinkSync } from 'node:fs';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { SimulatedFileSystem, diffTrees, snapshotTree } from '../src/file-system/index.ts';
import type { FileSystem } from '../src/file-system/index.ts';
import { temporaryDirectory } from '../src/temporary/index.ts';
import { nodePort } from './node-port.ts';

interface Disk {
  readonly fs: FileSystem;
  readonly root: string;
  readonly symlink: (target: string, path: string) => void;
}

type Step = (disk: Disk) => unknown;

const name = fc.constantFrom('a', 'b', 'd', 'd/a', 'd/b', 'd/e', 'd/e/a', 'f', 'f/a', 'l', 'l/a');
const payload = fc.uint8Array({ maxLength: 40 });
const at = ({ root }: Disk, path: string): string => `${root}/${path}`;

const steps: fc.Arbitrary<readonly [label: string, step: Step]> = fc.oneof(
  fc.tuple(name, fc.constantFrom('create', 'append', 'update', 'read'), payload).map(
    ([path, flag, bytes]) =>
      [
        `${flag} ${path} ${bytes.length}`,
        (disk: Disk) => {
          const handle = disk.fs.open(at(disk, path), flag);
          try {
            if (flag !== 'read') return handle.write(bytes);
            const buffer = new Uint8Array(50);
            return [...buffer.subarray(0, handle.read(buffer, 3))];
          } finally {
            handle.close();
          }
        },
      ] as const,
  ),
  fc.tuple(name, fc.nat(60), fc.constantFrom(0o600, 0o644, 0o755)).map(
    ([path, size, mode]) =>
      [
        `cut ${path} ${size} ${mode}`,
        (disk: Disk) => {
          const handle = disk.fs.open(at(disk, path), 'update');
          handle.truncate(size);
          handle.setMode(mode);
          handle.sync();
          handle.close();
        },
      ] as const,
  ),
  fc
    .tuple(fc.constantFrom('rename', 'link'), name, name)
    .map(
      ([call, from, to]) =>
        [
          `${call} ${from} ${to}`,
          (disk: Disk) => disk.fs[call as 'link'](at(disk, from), at(disk, to)),
        ] as const,
    ),
  fc
    .tuple(fc.constantFrom('unlink', 'removeDirectory', 'makeDirectory', 'list'), name)
    .map(
      ([call, path]) =>
        [`${call} ${path}`, (disk: Disk) => disk.fs[call as 'list'](at(disk, path))] as const,
    ),
  name.map(
    (path) =>
      [
        `stat ${path}`,
        (disk: Disk) => {
          const stat = disk.fs.stat(at(disk, path));
          return stat?.kind === 'file' ? [stat.size, stat.mode, stat.links] : stat?.kind;
        },
      ] as const,
  ),
  fc
    .constantFrom('d', '../f', 'a', 'l', 'none')
    .map(
      (target) =>
        [`symlink ${target} l`, (disk: Disk) => disk.symlink(target, at(disk, 'l'))] as const,
    ),
);

function outcome(disk: Disk, step: Step): unknown {
  try {
    return step(disk);
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    return `${code} ${syscall}`;
  }
}

test('a random history ends in the same results, errors and tree', () => {
  fc.assert(
    fc.property(fc.array(steps, { maxLength: 40, size: 'max' }), (history) => {
      const directory = temporaryDirectory();
      const root = directory.path;
      const simulated = new SimulatedFileSystem({ umask: process.umask() });
      simulated.makeDirectory('/root');
      const disks = [
        { fs: nodePort, root, symlink: symlinkSync },
        {
          fs: simulated,
          root: '/root',
          symlink: (target: string, path: string) => simulated.symlink(target, path),
        },
      ] as const;
      try {
        for (const [label, step] of history) {
          const [real, double] = disks.map((disk) => outcome(disk, step));
          expect(`${label}: ${JSON.stringify(double)}`).toBe(`${label}: ${JSON.stringify(real)}`);
        }
        const [real, double] = disks.map(({ fs, root: top }) => {
          const tree = snapshotTree(fs, top);
          return new Map([...tree].map(([path, entry]) => [path.slice(top.length), entry]));
        });
        expect(diffTrees(real ?? new Map(), double ?? new Map())).toEqual([]);
      } finally {
        directory.dispose();
      }
    }),
    { numRuns: 300 },
  );
});
