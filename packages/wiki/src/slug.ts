import { fingerprint } from './fingerprint.ts';

const MAX_BYTES = 200;

/** Names that Windows gives to devices, and the two page names that the Open Knowledge Format reserves in every folder. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d|index|log)$/;

/**
 * The file name, without extension, of a page about `name`: lower case, NFKC, words joined by `-`, letters of every
 * script kept. It is safe in Obsidian links and on Windows, at most 200 UTF-8 bytes, never empty, and
 * `slugOf(slugOf(x)) === slugOf(x)`. A name that had to be cut, or that has no letter or digit at all, ends in a
 * fingerprint of the whole name, so that two such names stay apart.
 */
export function slugOf(name: string): string {
  const slug = joinWords(fold(name));
  if (slug === '') return `page-${fingerprint(name)}`;
  if (RESERVED.test(slug)) return `${slug}-page`;
  if (byteLength(slug) <= MAX_BYTES) return slug;
  const ending = `-${fingerprint(slug)}`;
  return cutToBytes(slug, MAX_BYTES - ending.length).replace(/-$/, '') + ending;
}

function fold(name: string): string {
  // the lower case of the Turkish İ would be an i with a dot on its dot
  return name.normalize('NFKC').replaceAll('İ', 'i').toLowerCase().normalize('NFKC');
}

function joinWords(folded: string): string {
  return folded
    .replace(/(?<=\p{L})['’ʼ](?=(?:s|t|d|m|re|ve|ll)(?!\p{L}))/gu, '')
    .replace(/\p{Cf}/gu, '')
    .replace(/(?<![\p{L}\p{N}])c\+\+/gu, 'cpp')
    .replace(/(?<![\p{L}\p{N}])([cf])#/gu, '$1-sharp')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .normalize('NFKC');
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

function cutToBytes(text: string, limit: number): string {
  let bytes = 0;
  let kept = '';
  for (const character of text) {
    bytes += byteLength(character);
    if (bytes > limit) break;
    kept += character;
  }
  return kept;
}
