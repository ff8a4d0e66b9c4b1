import { expect, test } from 'vitest';

import { SimulatedFileSystem, conformanceSuite } from '../src/file-system/index.ts';

function make(fileSystem: SimulatedFileSystem) {
  fileSystem.makeDirectory('/root');
  return {
    fileSystem,
    root: '/root',
    umask: 0o022,
    symlink: (target: string, path: string) => fileSystem.symlink(target, path),
    dispose: () => {},
  };
}

for (const model of ['weak', 'journalling'] as const) {
  conformanceSuite({
    name: `simulated, ${model}`,
    make: () => make(new SimulatedFileSystem({ model })),
    test,
    expect,
  });
}

conformanceSuite({
  name: 'simulated, a power cut after all was synced',
  make: () => {
    const fileSystem = new SimulatedFileSystem();
    fileSystem.settle();
    const [image] = fileSystem.crashImages();
    if (image === undefined) throw new Error('There is no image.');
    return make(image.fileSystem);
  },
  test,
  expect,
});
