/**
 * What every call passes before it takes effect: it is counted and logged, shown to the observer,
 * and stopped, failed or made a lie as planned.
 */
import { canBefall, isStep, isSync } from './calls.ts';
import type { Call, CallName, Fault } from './calls.ts';
import type { Disk } from './disk.ts';
import { systemError } from './system-error.ts';

/** The process is dead: thrown instead of the planned call and by every later call. */
export class SimulatedCrash extends Error {
  readonly code = 'SIMULATED_CRASH';

  constructor(call: string) {
    super(`The simulated process has died before "${call}".`);
    this.name = 'SimulatedCrash';
  }
}

/** Whether a call is to fail, given that its number and kind fit. */
export type FaultPredicate = (call: Call) => boolean;

interface PlannedFault {
  readonly from: number;
  readonly fault: Fault;
  readonly duration: 'once' | 'always';
  readonly predicate: FaultPredicate;
}

/**
 * Sees each step before it takes effect. `half`, given for a write of several sectors, carries half
 * of it out on a copy of the disk: a kill or a power cut can hit in the middle of it.
 */
export type Observer = (call: Call, half: ((disk: Disk) => void) | undefined) => void;

/** `lie`: a sync that does nothing; `half`: a write that stores half of its bytes. */
export type Verdict = 'go' | 'lie' | 'half';

/** More calls than any one process of a test makes, unless it turns in circles. */
const mostCalls = 1_000_000;

export class Gate {
  calls: Call[] = [];
  steps = 0;
  syncs = 0;
  /** Faults that took place. */
  injected = 0;
  observer: Observer | undefined;
  crashStep = Infinity;
  lie = Infinity;
  #faults: PlannedFault[] = [];
  #dead: string | undefined;

  plan(fault: PlannedFault): void {
    this.#faults.push(fault);
  }

  heal(): void {
    this.#faults = [];
    this.lie = Infinity;
  }

  /** Counts and logs a call, then lets it go, or throws. `half` does half of a long write. */
  enter(name: CallName, path: string, to?: string, half?: (disk: Disk) => void): Verdict {
    if (this.#dead !== undefined) throw new SimulatedCrash(this.#dead);
    const step = isStep(name) ? (this.steps += 1) : undefined;
    const call: Call = { call: this.calls.length + 1, step, name, path, to };
    this.calls.push(call);
    if (call.call > mostCalls) throw new Error(`The process does not end: "${name} ${path}".`);
    if (step !== undefined) {
      if (step >= this.crashStep) {
        this.#dead = `${name} ${path}`;
        throw new SimulatedCrash(this.#dead);
      }
      this.observer?.(call, half);
    }
    if (isSync(name)) this.syncs += 1;
    if (this.#faults.length > 0) {
      const fault = this.#take(call);
      if (fault === 'short write') return 'half';
      if (fault !== undefined) {
        throw systemError(fault, syscalls[name], handleCalls.has(name) ? undefined : path, to);
      }
    }
    return isSync(name) && this.syncs === this.lie ? 'lie' : 'go';
  }

  #take(call: Call): Fault | undefined {
    const planned = this.#faults.find(
      ({ from, fault, predicate }) =>
        call.call >= from && canBefall(fault, call.name) && predicate(call),
    );
    if (planned?.duration === 'once') this.#faults = this.#faults.filter((one) => one !== planned);
    if (planned !== undefined) this.injected += 1;
    return planned?.fault;
  }
}

const handleCalls: ReadonlySet<CallName> = new Set([
  'read',
  'write',
  'truncate',
  'setMode',
  'fileStat',
  'sync',
  'close',
]);

/** The system call that Node names in the error of each call. */
export const syscalls: Readonly<Record<CallName, string>> = {
  'open:read': 'open',
  'open:create': 'open',
  'open:append': 'open',
  'open:update': 'open',
  read: 'read',
  write: 'write',
  truncate: 'ftruncate',
  setMode: 'fchmod',
  fileStat: 'fstat',
  sync: 'fsync',
  close: 'close',
  list: 'scandir',
  stat: 'lstat',
  makeDirectory: 'mkdir',
  rename: 'rename',
  link: 'link',
  unlink: 'unlink',
  removeDirectory: 'rmdir',
  syncDirectory: 'fsync',
};
