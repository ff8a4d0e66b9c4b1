import type { Context } from '../context.ts';
import type { Violation } from '../contract.ts';
import { isNoChange } from '../record.ts';
import { keptIds, keptRecord } from './keep.ts';

/** Kept mutations that cannot be undone, by kind and size: what an original holds is looked at when it is used (I15). */
export function checkKept(context: Context): Violation[] {
  const { fileSystem, layout } = context;
  return keptIds(context).flatMap((id): Violation[] => {
    const path = `${layout.stateDirectory}/history/${id}`;
    const record = keptRecord(context, id);
    const lost = record?.touched.find((touched, n) => {
      if (touched.before === null || isNoChange(touched)) return false;
      const original = fileSystem.stat(layout.kept(id).before(n));
      return original?.kind !== 'file' || original.size !== touched.before.size;
    });
    if (record !== undefined && lost === undefined) return [];
    const why =
      lost === undefined
        ? 'its record cannot be read'
        : `the original of "${lost.path}" is gone or changed`;
    return [{ code: 'kept-damaged', path, message: `"${path}" cannot be undone: ${why}` }];
  });
}
