/** What a rename changes, or the error that rename(2) gives. */
import { slot } from './core.ts';
import type { Slot } from './disk.ts';
import type { Image } from './image.ts';
import type { Inode } from './inode.ts';
import type { Place } from './locate.ts';
import { systemError } from './system-error.ts';
import type { ErrorCode } from './system-error.ts';

export interface RenameRequest {
  readonly from: string;
  readonly to: string;
  readonly source: Place;
  readonly target: Place;
}

/** In the order in which Linux checks. The two slots of one record; none when both paths are one file already: a no-op by POSIX. */
export function planRename(image: Image, request: RenameRequest): Slot[] {
  const { source, target } = request;
  const fail = (code: ErrorCode): never => {
    throw systemError(code, 'rename', request.from, request.to);
  };
  if (image.node(source.parent).device !== image.node(target.parent).device) return fail('EXDEV');
  if (source.inode === undefined) return fail('ENOENT');
  const moved = image.node(source.inode);
  if (within(image, source.inode, target.parent)) return fail('EINVAL');
  if (target.inode !== undefined && within(image, target.inode, source.parent)) {
    return fail('ENOTEMPTY');
  }
  if (source.inode === target.inode) {
    const samePlace = source.parent === target.parent && source.key === target.key;
    const respelt = samePlace && source.entry?.name !== target.name;
    return respelt ? [slot(target, source.inode)] : [];
  }
  const obstacle =
    target.inode === undefined ? undefined : refusal(moved, image.node(target.inode));
  if (obstacle !== undefined) return fail(obstacle);
  return [slot(source), slot(target, source.inode)];
}

function refusal(moved: Inode, replaced: Inode): ErrorCode | undefined {
  if (moved.kind !== 'directory') return replaced.kind === 'directory' ? 'EISDIR' : undefined;
  if (replaced.kind !== 'directory') return 'ENOTDIR';
  return replaced.entries.size > 0 ? 'ENOTEMPTY' : undefined;
}

/** Whether the directory `inner` is `outer` or lies below it. */
function within(image: Image, outer: number, inner: number): boolean {
  if (outer === inner) return true;
  const node = image.node(outer);
  if (node.kind !== 'directory') return false;
  for (const { inode } of node.entries.values()) if (within(image, inode, inner)) return true;
  return false;
}
