/**
 * The images that a power cut may leave of a disk: which pending names survived, times what became
 * of the files that were written and not synced.
 *
 * Names: all and none; each record dropped alone, each kept alone, each prefix; seeded random
 * subsets; of few records every subset. In the `journalling` model prefixes only.
 * Data: all files with the same fate (see `fates.ts`), each file alone with a fate of its own while
 * the others are complete or untouched (with all names and with none), and seeded random mixtures.
 */
import { apply } from './disk.ts';
import type { Disk } from './disk.ts';
import { mixedFate, plainFates } from './fates.ts';
import type { Fate } from './fates.ts';
import { fingerprint } from './fingerprint.ts';
import type { Image } from './image.ts';
import type { FileNode } from './inode.ts';
import { seededRandom } from './random.ts';
import type { Random } from './random.ts';

export interface CrashImageOptions {
  /** Default 1. */
  readonly seed?: number;
  /** Random subsets of the pending names, and random mixtures of data; default 8. */
  readonly random?: number;
  /** Only all names or none, times the fates that all files share; for images by the million. */
  readonly narrow?: boolean;
}

export interface LabelledImage {
  readonly label: string;
  readonly fingerprint: number;
  readonly image: Image;
}

/** With this many pending records or fewer every subset is tried. */
const exhaustiveRecords = 5;

interface Survivors {
  readonly label: string;
  readonly keeps: (index: number) => boolean;
}

interface DataFate {
  readonly label: string;
  /** One file fares differently from the others: tried when all names survive, and when none does. */
  readonly single: boolean;
  readonly nodes: readonly (readonly [inode: number, node: FileNode])[];
}

/** Each image once, by fingerprint. */
export function* crashImages(disk: Disk, options: CrashImageOptions): Generator<LabelledImage> {
  const { seed = 1, random = 8, narrow = false } = options;
  const chance = seededRandom(seed);
  const names = [...nameFates(disk, random, chance)];
  const data = [...dataFates(disk, random, chance)];
  const seen = new Set<number>();
  for (const survivors of names) {
    const extreme = survivors.label === 'all' || survivors.label === 'none';
    if (narrow && !extreme) continue;
    for (const { label, single, nodes } of data) {
      if (single && (narrow || !extreme)) continue;
      const image = disk.durable.clone();
      for (const [index, record] of disk.pending.entries()) {
        if (survivors.keeps(index)) apply(image, record.slots);
      }
      for (const [inode, node] of nodes) image.put(inode, node);
      const print = fingerprint(image);
      if (seen.has(print)) continue;
      seen.add(print);
      yield { label: `names=${survivors.label}, data=${label}`, fingerprint: print, image };
    }
  }
}

function* nameFates(disk: Disk, random: number, chance: Random): Generator<Survivors> {
  const { length } = disk.pending;
  yield { label: 'all', keeps: () => true };
  if (length === 0) return;
  yield { label: 'none', keeps: () => false };
  const prefixes = Array.from({ length: length - 1 }, (_, last): Survivors => ({
    label: `first ${last + 1} of ${length}`,
    keeps: (index) => index <= last,
  }));
  if (disk.model === 'journalling') {
    yield* prefixes;
  } else if (length <= exhaustiveRecords) {
    for (let bits = 1; bits < 2 ** length - 1; bits += 1) {
      const kept = disk.pending.flatMap((_, index) => ((bits >> index) & 1 ? [index + 1] : []));
      yield { label: `${kept.join('+')} of ${length}`, keeps: (index) => kept.includes(index + 1) };
    }
  } else {
    for (let one = 0; one < length; one += 1) {
      yield { label: `all but ${one + 1} of ${length}`, keeps: (index) => index !== one };
      yield { label: `${one + 1} of ${length}`, keeps: (index) => index === one };
    }
    yield* prefixes;
    for (let round = 1; round <= random; round += 1) {
      const kept = disk.pending.map(() => chance() < 0.5);
      yield { label: `random ${round}`, keeps: (index) => kept[index] ?? false };
    }
  }
}

function* dataFates(disk: Disk, random: number, chance: Random): Generator<DataFate> {
  const files = [...disk.dirty].flatMap((inode) => {
    const durable = disk.durable.node(inode);
    return durable.kind === 'file' ? [{ inode, durable, live: disk.file(inode) }] : [];
  });
  const fates = files.map(({ durable, live }) => plainFates(durable, live));
  const every = (label: string): DataFate => ({
    label,
    single: false,
    nodes: files.map(({ inode, live }, index) => [inode, pick(fates[index], label, live)] as const),
  });
  if (files.length === 0) {
    yield { label: 'synced', single: false, nodes: [] };
    return;
  }
  const labels = new Set(fates.flatMap((some) => some.map(({ label }) => label)));
  for (const label of labels) yield every(label);
  if (files.length > 1) {
    for (const [index, { inode, live }] of files.entries()) {
      for (const others of ['none', 'all']) {
        for (const { label } of fates[index] ?? []) {
          if (label === others) continue;
          const nodes = every(others).nodes.filter(([other]) => other !== inode);
          const own = [inode, pick(fates[index], label, live)] as const;
          const name = `file ${index + 1} ${label}, others ${others}`;
          yield { label: name, single: true, nodes: [...nodes, own] };
        }
      }
    }
  }
  for (let round = 1; round <= random; round += 1) {
    yield {
      label: `mixed ${round}`,
      single: false,
      nodes: files.map(({ inode, durable, live }) => [inode, mixedFate(durable, live, chance)]),
    };
  }
}

/** The fate by its label; a file that has none of that label was written completely. */
function pick(fates: readonly Fate[] | undefined, label: string, live: FileNode): FileNode {
  const found = fates?.find((fate) => fate.label === label) ?? fates?.[1];
  return found?.node ?? live;
}
