/** What a required behaviour of the port is written with. */
import type { ExpectStatic } from 'vitest';

import type { FileHandle, FileSystem, OpenFlag } from '../port.ts';

/** A file system under test and a directory of its own on it. */
export interface Subject {
  readonly fileSystem: FileSystem;
  /** Absolute path of an empty directory. */
  readonly root: string;
  /** Makes a symbolic link; cases that need one are left out where this is missing. */
  readonly symlink?: (target: string, path: string) => void;
  /** The mask that modes of new files pass; default that of the process. */
  readonly umask?: number;
  readonly dispose: () => void;
}

export interface CaseContext extends Subject {
  readonly expect: ExpectStatic;
  /** The absolute path of a name in the directory. */
  readonly at: (name: string) => string;
  /** Makes a file with these contents. */
  readonly put: (name: string, text: string) => void;
  /** The contents of a file. */
  readonly get: (name: string) => string;
  /** Opens, runs, closes. */
  readonly within: <Result>(
    name: string,
    flag: OpenFlag,
    use: (handle: FileHandle) => Result,
  ) => Result;
  /** Code, system call and paths of the error that the call throws. */
  readonly failure: (call: () => unknown) => Failure;
  readonly link: (target: string, path: string) => void;
}

export interface Failure {
  readonly code: string | undefined;
  readonly syscall: string | undefined;
  readonly path: string | undefined;
  readonly dest: string | undefined;
}

export interface ConformanceCase {
  readonly name: string;
  readonly needsSymlinks?: boolean;
  readonly run: (context: CaseContext) => void;
}

export function contextOf(subject: Subject, expect: ExpectStatic): CaseContext {
  const { fileSystem, root } = subject;
  const at = (name: string): string => `${root}/${name}`;
  const within: CaseContext['within'] = (name, flag, use) => {
    const handle = fileSystem.open(at(name), flag);
    try {
      return use(handle);
    } finally {
      handle.close();
    }
  };
  return {
    ...subject,
    expect,
    at,
    within,
    put: (name, text) => within(name, 'create', (handle) => void handle.write(Buffer.from(text))),
    get: (name) =>
      within(name, 'read', (handle) => {
        const buffer = new Uint8Array(handle.stat().size + 10);
        return Buffer.from(buffer.subarray(0, handle.read(buffer, 0))).toString();
      }),
    failure(call) {
      try {
        call();
      } catch (error) {
        const { code, syscall, path, dest } = error as NodeJS.ErrnoException & { dest?: string };
        return { code, syscall, path, dest };
      }
      throw new Error('The call succeeds where it must fail.');
    },
    link: (target, path) => subject.symlink?.(target, path),
  };
}
