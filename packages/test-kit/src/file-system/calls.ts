/** The calls of the port by name, and what can befall each of them. */
import type { ErrorCode } from './system-error.ts';

export type CallName =
  | 'open:read'
  | 'open:create'
  | 'open:append'
  | 'open:update'
  | 'read'
  | 'write'
  | 'truncate'
  | 'setMode'
  | 'fileStat'
  | 'sync'
  | 'close'
  | 'list'
  | 'stat'
  | 'makeDirectory'
  | 'rename'
  | 'link'
  | 'unlink'
  | 'removeDirectory'
  | 'syncDirectory';

/** One call as the log has it. */
export interface Call {
  /** Number among all calls of the instance, from 1. */
  readonly call: number;
  /** Number among those that change state or force it to disk, from 1; else `undefined`. */
  readonly step: number | undefined;
  readonly name: CallName;
  readonly path: string;
  /** Second path of `rename` and `link`. */
  readonly to: string | undefined;
}

/** An error code of a failed call, or a write that stores half of its bytes and reports it. */
export type Fault = ErrorCode | 'short write';

const syncs: ReadonlySet<CallName> = new Set(['sync', 'syncDirectory']);
const names: readonly CallName[] = ['makeDirectory', 'rename', 'link', 'unlink', 'removeDirectory'];
const opens: readonly CallName[] = ['open:read', 'open:create', 'open:append', 'open:update'];
const changes: ReadonlySet<CallName> = new Set<CallName>([
  ...names,
  ...syncs,
  ...(['open:create', 'open:append', 'write', 'truncate', 'setMode'] as const),
]);

const befalls: Partial<Record<Fault, ReadonlySet<CallName>>> = {
  ENOSPC: new Set([...changes].filter((name) => !['unlink', 'removeDirectory'].includes(name))),
  EDQUOT: new Set([...changes].filter((name) => !['unlink', 'removeDirectory'].includes(name))),
  EACCES: new Set([...opens, ...names, 'list', 'stat', 'syncDirectory']),
  EPERM: new Set([...opens, ...names, 'setMode']),
  EMFILE: new Set([...opens, 'list', 'syncDirectory']),
  EROFS: new Set([...changes, 'open:update']),
  EBUSY: new Set(['rename', 'unlink', 'removeDirectory', 'open:update']),
  EXDEV: new Set(['rename', 'link']),
  EMLINK: new Set(['link']),
  'short write': new Set(['write']),
};

/** Whether the call changes the disk or forces it; these are the points at which to crash. */
export function isStep(name: CallName): boolean {
  return changes.has(name);
}

export function isSync(name: CallName): boolean {
  return syncs.has(name);
}

/** Whether the fault can befall such a call on a real system; EIO can befall any but `close`. */
export function canBefall(fault: Fault, name: CallName): boolean {
  return befalls[fault]?.has(name) ?? name !== 'close';
}

/** `12 rename /a -> /b`, the number being that of the step, `-` for a call that is none. */
export function describeCall(call: Pick<Call, 'step' | 'name' | 'path' | 'to'>): string {
  const to = call.to === undefined ? '' : ` -> ${call.to}`;
  return `${call.step ?? '-'} ${call.name} ${call.path}${to}`;
}
