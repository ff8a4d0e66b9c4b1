/** The operation run once undisturbed: the states that it leads through, and its crash points. */
// oxlint-disable no-await-in-loop -- one recovery after the other
import { SimulatedFileSystem } from '../file-system/index.ts';
import type { CrashExploration } from './explore-crashes.ts';
import { record } from './recording.ts';
import type { Recording } from './recording.ts';
import { contentsOf, sameContents } from './state.ts';
import type { State } from './state.ts';

export interface Rehearsal extends Recording {
  /** BEFORE, what was acknowledged on the way, AFTER. */
  readonly states: readonly State[];
  /** The disk after the operation. */
  readonly fileSystem: SimulatedFileSystem;
}

type Rehearsed = Pick<
  CrashExploration,
  'name' | 'before' | 'operation' | 'recover' | 'ignore' | 'model' | 'options' | 'lie' | 'unchanged'
>;

/** @throws what the operation throws; a plain `Error` when it changes nothing. */
export async function rehearse(exploration: Rehearsed): Promise<Rehearsal> {
  const { ignore = () => false, model, lie } = exploration;
  const fileSystem = new SimulatedFileSystem({
    ...exploration.options,
    ...(model === undefined ? {} : { model }),
  });
  await exploration.before(fileSystem);
  fileSystem.settle();
  const state = (label: string, disk: SimulatedFileSystem): State => ({
    label,
    contents: contentsOf(disk, ignore),
    fileSystem: disk,
  });
  const before = state('BEFORE', fileSystem.clone());
  if (lie?.in === 'operation') fileSystem.lieAt(lie.sync);
  const recording = await record(fileSystem, (acknowledge) =>
    exploration.operation(fileSystem, { acknowledge }),
  );
  if (recording.error !== undefined) throw recording.error;
  const states = [before];
  const last = recording.acknowledgements.length - 1;
  for (const [index, reported] of recording.acknowledgements.entries()) {
    // what is acknowledged before the operation has cleaned up is compared without its litter
    if (index < last) await exploration.recover(reported);
    states.push(state(index < last ? `ACKNOWLEDGED ${index + 1}` : 'AFTER', reported));
  }
  const after = states.at(-1) ?? before;
  if (exploration.unchanged !== true && sameContents(before.contents, after.contents)) {
    throw new Error(`The operation "${exploration.name}" changes nothing that is not ignored.`);
  }
  return { ...recording, states, fileSystem };
}

/** The states that are not behind what was acknowledged. */
export function allowedAfter(states: readonly State[], acknowledged: number): readonly number[] {
  return states.map((_, index) => index).slice(Math.min(acknowledged, states.length - 1));
}
