// Images of file systems, mounted through loop devices, and copied in one instant. They lie on a file
// system that shares blocks between files (xfs or btrfs, itself an image): such a copy is one point
// in time, whatever is being written meanwhile.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const FILE_SYSTEMS = ['ext4', 'xfs', 'btrfs'];

const MAKE = {
  ext4: ['mkfs.ext4', '-q', '-F'],
  xfs: ['mkfs.xfs', '-q', '-f'],
  btrfs: ['mkfs.btrfs', '-q', '-f'],
};
const PACKAGE = { ext4: 'e2fsprogs', xfs: 'xfsprogs', btrfs: 'btrfs-progs' };
/** An xfs image has at least 300 MB; blocks that were never written take no room. */
const SIZE = { ext4: 64, xfs: 320, btrfs: 128 };
const OUTER_SIZE = 1536;
/** The uuid of a copy is that of its original. */
const OPTIONS = { xfs: ['-o', 'nouuid'] };

const has = (command) =>
  (process.env.PATH ?? '').split(':').some((place) => existsSync(join(place, command)));

/** What any power cut needs and this machine lacks. */
export function lacking() {
  const lacks = [];
  if (process.platform !== 'linux') return ['Linux'];
  if (process.getuid() !== 0) lacks.push('root');
  if (!existsSync('/dev/loop-control')) lacks.push('loop devices');
  for (const command of ['mount', 'umount', 'losetup']) if (!has(command)) lacks.push(command);
  if (outerKind() === undefined) lacks.push('xfsprogs or btrfs-progs, for copies in one instant');
  return lacks;
}

/** What this file system needs and this machine lacks. */
export function lacksFor(kind) {
  if (MAKE[kind] === undefined) return `to be one of ${FILE_SYSTEMS.join(', ')}`;
  if (!has(MAKE[kind][0])) return PACKAGE[kind];
  return isKnown(kind) ? undefined : `a kernel with ${kind}`;
}

const isKnown = (kind) =>
  readFileSync('/proc/filesystems', 'utf8').includes(`\t${kind}\n`) ||
  existsSync(`/sys/module/${kind}`);

const outerKind = () => ['xfs', 'btrfs'].find((kind) => lacksFor(kind) === undefined);

const run = (command, ...args) =>
  execFileSync(command, args, { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });

export class Mounts {
  #mounted = [];
  #directory;
  #images;

  /** @param directory empty; it is the caller's to remove after `unmountAll` */
  constructor(directory) {
    this.#directory = directory;
    const outer = this.#make(outerKind(), join(directory, 'outer'), OUTER_SIZE);
    this.#images = this.mount(outer);
  }

  image(name) {
    return join(this.#images, name);
  }

  /** A fresh image of this file system; made once. */
  template(kind) {
    const path = this.image(kind);
    return existsSync(path) ? path : this.#make(kind, path, SIZE[kind]);
  }

  copy(from, to) {
    run('cp', '--reflink=always', from, to);
  }

  /** @returns where the image is mounted */
  mount(image) {
    const place = join(this.#directory, `at-${this.#mounted.length}`);
    mkdirSync(place, { recursive: true });
    const kind = run('blkid', '-o', 'value', '-s', 'TYPE', image).trim();
    // btrfs takes a copy for the original for as long as it remembers that one
    if (kind === 'btrfs') run('btrfs', 'device', 'scan', '--forget');
    run('mount', '-t', kind, ...(OPTIONS[kind] ?? []), '-o', 'loop', image, place);
    this.#mounted.push(place);
    return place;
  }

  unmount(place) {
    run('umount', place);
    this.#mounted = this.#mounted.filter((one) => one !== place);
  }

  unmountAll() {
    for (const place of this.#mounted.toReversed()) this.unmount(place);
  }

  #make(kind, path, megabytes) {
    writeFileSync(path, '');
    truncateSync(path, megabytes * 2 ** 20);
    run(...MAKE[kind], path);
    return path;
  }
}
