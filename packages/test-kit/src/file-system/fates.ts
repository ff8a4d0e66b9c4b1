/**
 * What a power cut may leave of a file that was written and not synced.
 *
 * Bytes that were durable and have not been written since stay. For the others the medium promises
 * nothing but whole sectors: they may be the old ones, the new ones, zeros under a size that was
 * already new, or a mixture by sectors of 512 bytes; or a version in between two writes.
 */
import type { Content } from './content.ts';
import type { FileNode } from './inode.ts';
import type { Random } from './random.ts';

export const sectorBytes = 512;
/** Versions in between that are tried; of more, evenly spread ones. */
const mostVersions = 6;

export interface Fate {
  readonly label: string;
  readonly node: FileNode;
}

const cache = new WeakMap<FileNode, { readonly durable: FileNode; readonly fates: Fate[] }>();

/** The fates that need no chance: `none` and `all` first, then the others. */
export function plainFates(durable: FileNode, live: FileNode): readonly Fate[] {
  const known = cache.get(live);
  if (known?.durable === durable) return known.fates;
  const past = versions(live);
  const fates: Fate[] = [
    { label: 'none', node: settled(durable) },
    { label: 'all', node: settled(live) },
    ...dataFates(durable, live),
    ...past.map((version, index) => ({ label: `version -${index + 1}`, node: settled(version) })),
  ];
  if (durable.mode !== live.mode) {
    fates.push({ label: 'old mode', node: { ...settled(live), mode: durable.mode } });
    fates.push({ label: 'new mode', node: { ...settled(durable), mode: live.mode } });
  }
  cache.set(live, { durable, fates });
  return fates;
}

function dataFates(durable: FileNode, live: FileNode): Fate[] {
  const { from, to, floor } = written(durable, live);
  if (from >= to) return [];
  const fates = [{ label: 'zeros', node: filled(durable, live, () => 'zeros') }];
  const first = (Math.floor(from / sectorBytes) + 1) * sectorBytes;
  const last = Math.floor((to - 1) / sectorBytes) * sectorBytes;
  if (first >= to) return fates;
  const torn = (at: number): FileNode =>
    filled(durable, live, (sector) => (sector < at ? 'new' : 'old'));
  const early = torn(first);
  fates.push({ label: 'torn early', node: early });
  if (last > first) fates.push({ label: 'torn late', node: torn(last) });
  const shortest = Math.max(first, floor);
  if (shortest < live.content.length) {
    fates.push({ label: 'torn', node: { ...early, content: early.content.resize(shortest) } });
  }
  return fates;
}

/** A random fate: a version, a size, a mode, and for each sector old, new or zeros. */
export function mixedFate(durable: FileNode, live: FileNode, random: Random): FileNode {
  const choices = [live, ...versions(live)];
  const version = choices[Math.floor(random() * choices.length)] ?? live;
  if (random() < 0.25) return settled(random() < 0.5 ? version : durable);
  const mixed = filled(durable, version, () => {
    const chance = random();
    return chance < 0.4 ? 'new' : chance < 0.7 ? 'old' : 'zeros';
  });
  const mode = random() < 0.5 ? version.mode : durable.mode;
  if (random() < 0.75) return { ...mixed, mode };
  const { length } = mixed.content;
  const cut = Math.floor((random() * length) / sectorBytes) * sectorBytes;
  const size = Math.min(length, Math.max(cut, written(durable, version).floor));
  return { ...mixed, mode, content: mixed.content.resize(size) };
}

/**
 * The bytes that were written since the last sync, from and to, and the least size that the file
 * had since. What was cut away and written again counts as written, same bytes or not.
 */
function written(durable: FileNode, live: FileNode): { from: number; to: number; floor: number } {
  const difference = live.content.difference(durable.content);
  let floor = Math.min(durable.content.length, live.content.length);
  for (let node = live.before; node !== undefined; node = node.before) {
    floor = Math.min(floor, node.content.length);
  }
  const again = floor < Math.min(durable.content.length, live.content.length);
  const from = Math.min(difference.from, again ? floor : Infinity);
  return { from, to: again ? live.content.length : difference.to, floor };
}

/** The live version, each sector that was written since the last sync as `source` says. */
function filled(
  durable: FileNode,
  live: FileNode,
  source: (sectorStart: number) => 'old' | 'new' | 'zeros',
): FileNode {
  const { from, to } = written(durable, live);
  const bytes = live.content.view().slice();
  const old = durable.content.view();
  let start = Math.floor(from / sectorBytes) * sectorBytes;
  for (; start < to; start += sectorBytes) {
    const what = source(start);
    if (what === 'new') continue;
    const first = Math.max(start, from);
    const end = Math.min(start + sectorBytes, to);
    bytes.fill(0, first, end);
    if (what === 'old') bytes.set(old.subarray(first, end), first);
  }
  return { ...settled(live), content: replaced(live.content, bytes) };
}

function replaced(content: Content, bytes: Uint8Array): Content {
  return content.resize(0).write(0, bytes);
}

function versions(live: FileNode): FileNode[] {
  const found: FileNode[] = [];
  for (let node = live.before; node !== undefined; node = node.before) found.push(node);
  if (found.length <= mostVersions) return found;
  const stride = (found.length - 1) / (mostVersions - 1);
  return Array.from({ length: mostVersions }, (_, index) => {
    const version = found[Math.round(index * stride)];
    if (version === undefined) throw new Error('There is no such version.');
    return version;
  });
}

/** The version as a disk has it, without a past. */
function settled(node: FileNode): FileNode {
  return node.before === undefined && node.lost === undefined
    ? node
    : { ...node, before: undefined, lost: undefined };
}
