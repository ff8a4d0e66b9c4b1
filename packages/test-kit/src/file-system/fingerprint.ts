/**
 * 53 bits of everything that a process could find out about an image: paths, kinds, modes, bytes,
 * link targets, inode numbers (hence which names are one file) and times of change.
 *
 * A sum over all entries, so that the order of a directory's entries does not matter.
 */
import { rootInode } from './image.ts';
import type { Image } from './image.ts';
import type { Inode } from './inode.ts';

const textHashes = new Map<string, number>();

export function fingerprint(image: Image): number {
  let low = 0;
  let high = 0;
  const visit = (directory: number, path: number, depth: number): void => {
    if (depth > 200) throw new Error('A directory of the image contains itself.');
    for (const entry of image.directory(directory).entries.values()) {
      const node = image.node(entry.inode);
      const place = mix(Math.imul(path, 31) ^ entry.hash, entry.name.length);
      const what = substance(node);
      const time = Math.imul(node.modified | 0, 0x27d4eb2f);
      const owner = Math.imul(entry.inode, 0x9e3779b9) + node.mode;
      low = (low + mix(mix(place ^ (what | 0), owner), time)) | 0;
      // the second sum mixes the same facts in another way, so that it fails independently
      const upper = Math.floor(what / 0x200000);
      const other = mix(owner ^ Math.imul(path, 0x2c1b3c6d), (entry.hash << 9) ^ entry.hash);
      high = (high + mix(other ^ time, upper ^ (what << 17))) | 0;
      if (node.kind === 'directory') visit(entry.inode, place, depth + 1);
    }
  };
  visit(rootInode, 0x1234567, 0);
  return (low >>> 0) * 0x200000 + (high & 0x1fffff);
}

function substance(node: Inode): number {
  if (node.kind === 'file') return node.content.hash();
  return node.kind === 'directory' ? 17 : textHash(node.target);
}

function textHash(text: string): number {
  let hash = textHashes.get(text);
  if (hash === undefined) {
    hash = 0x811c9dc5;
    for (const letter of text) hash = mix(hash, letter.codePointAt(0) ?? 0);
    textHashes.set(text, hash);
  }
  return hash;
}

function mix(left: number, right: number): number {
  let value = Math.imul(left ^ (left >>> 16), 0x85ebca6b) ^ right;
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}
