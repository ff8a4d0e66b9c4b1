import type { FileStat } from '@openkb/atomic-fs';

/**
 * What tells a version of a file from every other without reading it: size, both times, inode, device. A
 * version that is written later has another stamp, provided that the file had `settled` when it was read.
 */
export function stampOf({ size, modified, changed, inode, device }: FileStat): string {
  return `${size} ${modified} ${changed ?? ''} ${inode} ${device}`;
}

/**
 * Whether a later change of the file will show in its stamp. Clocks of file systems tick: what is
 * written twice within a tick may have one stamp twice. So `now` is asked of the file system before
 * the content is read: whatever changes the file after that gets a time of `now` or later, and the stamp
 * differs if its own times are before `now` (Git calls an entry that is not so "racily clean"). Both times
 * count, because on some file systems (FAT) the one is that of the file's birth.
 */
export function settled(stat: FileStat, now: number): boolean {
  return Math.max(stat.modified, stat.changed ?? stat.modified) < now;
}
