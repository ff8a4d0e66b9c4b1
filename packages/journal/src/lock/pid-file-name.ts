/**
 * A pid file says all in its name, so that it is whole as soon as it is there, on a full disk too:
 * `<lock file>.pid.<x|s>-<pid>-<start>-<space>-<boot>-<random>`.
 */
import { createHash } from 'node:crypto';

/** Name of the provider. */
export const PID_FILE_LOCKS = 'pid file';
export const PID_FILE_MARK = '.pid.';

/** A process, told apart from another that gets its number later, or elsewhere. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the system's own count; empty where that cannot be told. */
  readonly started: string;
  /** Machine and space of process numbers (container); numbers of another space mean nothing here. */
  readonly space: string;
  /** Run of the machine; a process of an earlier one is dead. */
  readonly boot: string;
}

export interface PidFile extends ProcessIdentity {
  readonly mode: 'shared' | 'exclusive';
  readonly name: string;
}

const NAME = /^(x|s)-(\d{1,10})-(\d*)-([0-9a-f]{12})-([0-9a-f]{12})-[0-9a-z]+$/;

/** The same twelve digits for the same text. */
export function digits(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 12);
}

export function pidFileName(
  lockName: string,
  mode: 'shared' | 'exclusive',
  { pid, started, space, boot }: ProcessIdentity,
  random: string,
): string {
  const letter = mode === 'exclusive' ? 'x' : 's';
  return `${lockName}${PID_FILE_MARK}${letter}-${pid}-${started}-${space}-${boot}-${random}`;
}

/** The pid files of one lock among the names of its directory. */
export function pidFiles(lockName: string, names: readonly string[]): PidFile[] {
  const prefix = `${lockName}${PID_FILE_MARK}`;
  return names.flatMap((name): PidFile[] => {
    const match = name.startsWith(prefix) ? NAME.exec(name.slice(prefix.length)) : null;
    if (match === null) return [];
    const [, letter, pid, started, space, boot] = match as unknown as string[];
    const mode = letter === 'x' ? 'exclusive' : 'shared';
    return [{ name, mode, pid: Number(pid), started: started!, space: space!, boot: boot! }];
  });
}
