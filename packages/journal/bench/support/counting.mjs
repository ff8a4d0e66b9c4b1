// The real disk, counting the calls that change or force something, by kind.
import { nodeFileSystem } from '@openkb/atomic-fs';

const CHANGING = ['makeDirectory', 'rename', 'link', 'unlink', 'removeDirectory', 'syncDirectory'];
const CHANGING_HANDLE = ['write', 'truncate', 'setMode', 'sync'];

export function countingDisk() {
  const counts = {};
  const add = (kind) => {
    counts[kind] = (counts[kind] ?? 0) + 1;
  };
  const counted = (object, kinds) =>
    kinds.map((kind) => [
      kind,
      (...args) => {
        add(kind);
        return object[kind](...args);
      },
    ]);
  const disk = nodeFileSystem();
  const open = (path, flag, mode) => {
    if (flag === 'create') add('create');
    const handle = disk.open(path, flag, mode);
    return { ...handle, ...Object.fromEntries(counted(handle, CHANGING_HANDLE)) };
  };
  return {
    counts,
    disk: { ...disk, open, ...Object.fromEntries(counted(disk, CHANGING)) },
    total: () => Object.values(counts).reduce((sum, one) => sum + one, 0),
  };
}
