/** A small disk and looks at it. */
import { SimulatedFileSystem, populate } from '../src/file-system/index.ts';
import type { SimulationOptions } from '../src/file-system/index.ts';
import { readAll } from '../src/file-system/tree.ts';

export function disk(options?: SimulationOptions): SimulatedFileSystem {
  const fs = new SimulatedFileSystem(options);
  populate(fs, { '/kb/page': 'old' });
  return fs;
}

export function write(fs: SimulatedFileSystem, path: string, text: string, sync = false): void {
  const handle = fs.open(path, fs.stat(path) === undefined ? 'create' : 'update');
  handle.truncate(0);
  let rest: Uint8Array = Buffer.from(text);
  while (rest.length > 0) rest = rest.subarray(handle.write(rest));
  if (sync) handle.sync();
  handle.close();
}

export const text = (fs: SimulatedFileSystem, path: string): string =>
  fs.stat(path) === undefined ? 'absent' : Buffer.from(readAll(fs, path)).toString('latin1');

/** Every content of the path that a power cut may leave. */
export function afterPowerCut(fs: SimulatedFileSystem, path: string): string[] {
  const images = [...fs.crashImages({ random: 20 })];
  return [...new Set(images.map(({ fileSystem }) => text(fileSystem, path)))].toSorted();
}
