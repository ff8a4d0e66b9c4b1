/** What the system says of processes: Linux by /proc, other systems by the number alone. */
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

import { errorCode } from '@openkb/atomic-fs';

import { digits, type ProcessIdentity } from './pid-file-name.ts';

export interface Processes {
  /** This process. */
  readonly self: ProcessIdentity;
  /** Whether a process may be alive; `true` where it cannot be told. */
  mayLive(identity: ProcessIdentity): boolean;
}

export function systemProcesses(): Processes {
  const self: ProcessIdentity = {
    pid: process.pid,
    started: startOf(process.pid) ?? '',
    space: digits(`${hostname()} ${read(() => readlinkSync('/proc/self/ns/pid')) ?? ''}`),
    boot: digits(read(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')) ?? ''),
  };
  return { self, mayLive: (identity) => mayLive(self, identity) };
}

function mayLive(self: ProcessIdentity, { pid, started, space, boot }: ProcessIdentity): boolean {
  // another machine or container: nothing is known of its processes
  if (space !== self.space) return true;
  if (boot !== self.boot) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (errorCode(error) === 'ESRCH') return false;
  }
  const now = startOf(pid);
  return now === undefined || started === '' || now === started;
}

/** Field 22 of /proc/PID/stat, in clock ticks since the boot (proc(5)); the second field may hold anything. */
function startOf(pid: number): string | undefined {
  const stat = read(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  // a zombie holds nothing any more, so it is told like a process that has started at another time
  return fields?.[0] === 'Z' ? 'Z' : fields?.[19];
}

function read(from: () => string): string | undefined {
  try {
    return from();
  } catch {
    return undefined;
  }
}
