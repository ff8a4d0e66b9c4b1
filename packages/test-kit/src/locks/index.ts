/**
 * Locks of one process's lifetime, in memory: a crash frees them all, since the next process has its
 * own. For the simulated file system, whose files the kernel does not know. The shape is that of the
 * journal's `LockProvider`.
 */
export interface MemoryLocks {
  readonly name: string;
  tryLock(path: string, mode: 'shared' | 'exclusive'): MemoryLock | undefined;
}

export interface MemoryLock {
  isCurrent(): boolean;
  release(): void;
}

export function memoryLocks(): MemoryLocks {
  /** Readers of a path; -1: one writer. */
  const held = new Map<string, number>();
  return {
    name: 'memory',
    tryLock(path, mode) {
      const count = held.get(path) ?? 0;
      if (count < 0 || (mode === 'exclusive' && count > 0)) return undefined;
      held.set(path, mode === 'exclusive' ? -1 : count + 1);
      let mine = true;
      return {
        isCurrent: () => mine,
        release() {
          if (!mine) return;
          mine = false;
          held.set(path, mode === 'exclusive' ? 0 : (held.get(path) ?? 1) - 1);
        },
      };
    },
  };
}
