/** Replacing and publishing one file, stopped at every call: the old file or the new one. */
import { exploreCrashes, exploreFaults, exploreLies } from '@openkb/test-kit/crash-loop';
import type { SimulatedFileSystem } from '@openkb/test-kit/file-system';
import { expect, test } from 'vitest';

import { isTemporaryName, publishFile, replaceFile, writeNewFile } from '../src/index.ts';

type Disk = SimulatedFileSystem;

const bytes = (text: string) => Buffer.from(text.repeat(300));
const before = (disk: Disk): void => {
  disk.makeDirectory('/home');
  writeNewFile(disk, '/home/file', bytes('before'));
  writeNewFile(disk, '/home/staged', bytes('staged'));
};
/** A temporary name left behind harms nobody and is recognised. */
const ignore = (path: string): boolean => isTemporaryName(path.split('/').at(-1) ?? '');

const explorations = [
  {
    name: 'replaceFile over an old file',
    operation: (disk: Disk) => replaceFile(disk, '/home/file', bytes('after'), { id: '1' }),
  },
  {
    name: 'replaceFile where nothing was',
    operation: (disk: Disk) => replaceFile(disk, '/home/new', bytes('new'), { id: '1' }),
  },
  {
    name: 'publishFile',
    operation: (disk: Disk) => publishFile(disk, '/home/staged', '/home/file', { id: '1' }),
  },
].map((one) => Object.assign(one, { before, ignore, recover: () => {} }));

/** A failed sync of the directory comes after the rename: nobody knows what a power cut would leave. */
const outcomeUnknown = (error: unknown): boolean => String(error).includes('fsync');

test.each(explorations)('$name, cut short anywhere, shows old or new', async (exploration) => {
  const report = await exploreCrashes(exploration);
  expect(report.violations).toEqual([]);
  expect(report.images).toBeGreaterThan(3);
});

test.each(explorations)('$name under any fault reports what became of it', async (exploration) => {
  const report = await exploreFaults({ ...exploration, outcomeUnknown });
  expect(report.violations).toEqual([]);
  expect(report.faults).toBeGreaterThan(20);
});

test.each(explorations)('$name: no sync can be left out', async (exploration) => {
  const report = await exploreLies(exploration);
  expect(report).toMatchObject({ unnoticed: [] });
});
