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
}

export interface Recording {
  readonly points: readonly CrashPoint[];
  readonly log: readonly Call[];
  /** The disks at each acknowledgement. */
  readonly acknowledgements: readonly SimulatedFileSystem[];
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
  fileSystem.observe((call, half) => {
    const k = call.step ?? 0;
    const acknowledged = acknowledgements.length;
    const name = describeCall(call);
    points.push({ k, call: name, fileSystem: fileSystem.clone(), acknowledged });
    if (half !== undefined) {
      const torn = fileSystem.clone();
      half(torn.disk);
      points.push({ k, call: `half of ${name}`, fileSystem: torn, acknowledged });
    }
  });
  await body(() => acknowledgements.push(fileSystem.clone()));
  fileSystem.observe(() => {});
  acknowledgements.push(fileSystem.clone());
  points.push({
    k: fileSystem.steps + 1,
    call: 'returned',
    fileSystem: fileSystem.clone(),
    acknowledged: acknowledgements.length,
  });
  return { points, log: fileSystem.calls, acknowledgements };
}
