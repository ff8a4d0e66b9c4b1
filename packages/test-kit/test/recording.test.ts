import { expect, test } from 'vitest';

import { record } from '../src/crash-loop/recording.ts';
import { SimulatedCrash, SimulatedFileSystem, populate } from '../src/file-system/index.ts';
import { changePages } from './toys.ts';

function prepared(): SimulatedFileSystem {
  const fs = new SimulatedFileSystem();
  populate(fs, { '/kb/a.md': 'a is old', '/kb/b.md': 'b is old' });
  return fs;
}

const images = (fs: SimulatedFileSystem): number[] =>
  [...fs.crashImages()].map(({ fingerprint }) => fingerprint);

test('the recorded disk of each step is the one that a process leaves which dies there', async () => {
  const recorded = prepared();
  const { points } = await record(recorded, () => changePages(recorded));
  expect(points.map(({ k }) => k)).toEqual(
    Array.from({ length: recorded.steps + 1 }, (_, k) => k + 1),
  );
  for (const { k, call, fileSystem } of points.slice(0, -1)) {
    const crashed = prepared();
    crashed.crashAt(k);
    expect(() => changePages(crashed)).toThrow(SimulatedCrash);
    expect([call, images(crashed)]).toEqual([call, images(fileSystem)]);
  }
});

test('a write of several sectors is recorded half done as well', async () => {
  const fs = prepared();
  const { points } = await record(fs, () => {
    const handle = fs.open('/kb/new', 'create');
    handle.write(new Uint8Array(3000).fill(1));
    handle.close();
  });
  const half = points.find(({ call }) => call === 'half of 2 write /kb/new');
  expect(half?.fileSystem.stat('/kb/new')?.size).toBe(1024);
  expect(points.map(({ k }) => k)).toEqual([1, 2, 2, 3]);
});

test('what a run threw is kept beside the steps before it', async () => {
  const fs = prepared();
  const { points, error } = await record(fs, () => {
    fs.unlink('/kb/a.md');
    throw new Error('out of paper');
  });
  expect(error).toEqual(new Error('out of paper'));
  expect(points.map(({ call }) => call)).toEqual(['1 unlink /kb/a.md']);
});
