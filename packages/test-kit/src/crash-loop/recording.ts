/** One undisturbed run, with the disk as it was before each of its steps. */
import { describeCall } from '../file-system/index.ts';
import type { Call, SimulatedFileSystem } from '../file-system/index.ts';

/** An instant at which the process can die or the power can fail. */
export interface CrashPoint {
  /** The step that no longer takes effect, from 1; one more than the steps = after the run. */
  readonly k: number;
  /** That step, `half of …` when half of a write took effect, or `returned`. */
  readonly call: string;
  /** The disk at that instant. */
  readonly fileSystem: SimulatedFileSystem;
  /** How often the run had acknowledged success; the return itself counts. */
  readonly acknowledged: number;
  /** All calls of the run; of interest are those with a number below `until`. */
  readonly log: readonly Call[];
  readonly until: number;
}

export interface Recording {
  readonly points: readonly CrashPoint[];
  /** The disks at each acknowledgement. */
  readonly acknowledgements: readonly SimulatedFileSystem[];
  /** What the run threw; there is no point after it then. */
  readonly error: unknown;
}

/**
 * Runs `body` and keeps a copy of the disk before each step: the state of the disk at a crash is
 * exactly this copy, whatever the dead process had in memory or would have done in its handlers.
 */
export async function record(
  fileSystem: SimulatedFileSystem,
  body: (acknowledge: () => void) => unknown,
): Promise<Recording> {
  const points: CrashPoint[] = [];
  const acknowledgements: SimulatedFileSystem[] = [];
  const log = fileSystem.calls;
  const add = (k: number, call: string, disk: SimulatedFileSystem, until: number): void => {
    const acknowledged = acknowledgements.length;
    points.push({ k, call, fileSystem: disk, acknowledged, log, until });
  };
  fileSystem.observe((call, half) => {
    const k = call.step ?? 0;
    const name = describeCall(call);
    add(k, name, fileSystem.clone(), call.call);
    if (half === undefined) return;
    const torn = fileSystem.clone();
    half(torn.disk);
    add(k, `half of ${name}`, torn, call.call);
  });
  try {
    await body(() => acknowledgements.push(fileSystem.clone()));
    acknowledgements.push(fileSystem.clone());
    add(fileSystem.steps + 1, 'returned', fileSystem.clone(), Infinity);
  } catch (error) {
    return { points, acknowledgements, error };
  } finally {
    fileSystem.observe(() => {});
  }
  return { points, acknowledgements, error: undefined };
}
