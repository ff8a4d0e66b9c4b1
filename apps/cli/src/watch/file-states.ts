/**
 * Which files of `raw/` are to be added. A file is
 *
 *     new or changed --(unchanged for the debounce time, and not empty)--> settled
 *     settled --done--> done, until its stamp changes
 *
 * and forgotten when it is gone. What is settled stays settled until somebody says that it is done, so
 * that nothing is lost where the work on it is cut off.
 */
import type { RawFile } from './raw-files.ts';

interface State {
  file: RawFile;
  /** When the stamp was first seen, in milliseconds of the caller's clock. */
  since: number;
  /** The stamp under which it was done with. */
  done: string | undefined;
}

export interface FileStates {
  /** Takes note of what lies there now. */
  see(files: readonly RawFile[], now: number): void;
  /** What is to be done, in the order of the paths. */
  settled(now: number): RawFile[];
  /** Milliseconds until the next file may have settled; `undefined` where none is waited for. */
  dueIn(now: number): number | undefined;
  /** The file, as it was handed out, is done with. */
  done(file: RawFile): void;
  /** What is not done with. */
  waiting(): RawFile[];
}

/** @param debounce milliseconds that a file has to stay as it is */
export function fileStates(debounce: number): FileStates {
  const states = new Map<string, State>();
  const open = () =>
    [...states.values()].filter(({ file, done }) => done !== file.stamp && file.size > 0);
  const left = ({ since }: State, now: number) => Math.max(0, since + debounce - now);
  return {
    see(files, now) {
      const there = new Set(files.map(({ path }) => path));
      for (const path of states.keys()) if (!there.has(path)) states.delete(path);
      for (const file of files) {
        const state = states.get(file.path);
        if (state === undefined) states.set(file.path, { file, since: now, done: undefined });
        else if (state.file.stamp !== file.stamp) Object.assign(state, { file, since: now });
      }
    },
    settled: (now) =>
      open()
        .filter((state) => left(state, now) === 0)
        .map(({ file }) => file)
        .toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    dueIn(now) {
      const times = open().map((state) => left(state, now));
      return times.length === 0 ? undefined : times.reduce((a, b) => Math.min(a, b));
    },
    done(file) {
      const state = states.get(file.path);
      if (state) state.done = file.stamp;
    },
    waiting: () => open().map(({ file }) => file),
  };
}
