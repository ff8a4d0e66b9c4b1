import { watch } from 'node:fs';

/** An ear on one directory. */
export interface DirectoryWatch {
  close(): void;
}

/**
 * Calls `onChange` when the system tells of a change in the directory; directories below it are not heard.
 * An ear that fails, as when its directory goes away, says so through `onEnd`.
 *
 * @throws {Error} of the system: `ENOENT`, `ENOSPC` where it listens to too many directories already
 */
export function watchDirectory(
  path: string,
  { onChange, onEnd }: { readonly onChange: () => void; readonly onEnd: () => void },
): DirectoryWatch {
  const watcher = watch(path, onChange);
  watcher.on('error', () => {
    watcher.close();
    onEnd();
  });
  return { close: () => watcher.close() };
}
