/** The real disk and the simulated one behave alike, so that what is proved on the one holds on the other. */
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { conformanceSuite, SimulatedFileSystem } from '@openkb/test-kit/file-system';
import { expect, expectTypeOf, test } from 'vitest';

import { nodeFileSystem, type FileSystem } from '../src/index.ts';

conformanceSuite({
  name: 'the real file system',
  test,
  expect,
  make() {
    const root = mkdtempSync(join(tmpdir(), 'openkb-conformance-'));
    return {
      fileSystem: nodeFileSystem(),
      root,
      symlink: symlinkSync,
      dispose: () => rmSync(root, { recursive: true, force: true }),
    };
  },
});

test('the simulated file system has the shape of the port', () => {
  expectTypeOf<SimulatedFileSystem>().toExtend<FileSystem>();
  expect(new SimulatedFileSystem()).toBeDefined();
});
