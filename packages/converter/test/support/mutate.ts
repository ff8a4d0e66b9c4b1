/** Real files, broken in the ways that files break: the same seed breaks them the same way. */
import { unzipSync, zipSync } from 'fflate';

export type Random = () => number;

/** Numbers from 0 to 1 (mulberry32, by Tommy Ettinger, public domain). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const JUNK: readonly Buffer[] = [
  Buffer.alloc(64, 0),
  Buffer.alloc(64, 0xff),
  Buffer.from('<'.repeat(40)),
  Buffer.from('endobj endstream stream\n1 0 obj << /Length -1 /Kids [1 0 R] >>'),
  Buffer.from('<w:tbl><w:tr><w:tc><a><b><c>'),
  Buffer.from(' 99999999999999999999 -1 NaN 4294967295 '),
  Buffer.from('\\'.repeat(50) + '`'.repeat(50) + '['.repeat(50)),
];

/** One to four changes: bits, a cut, junk put in, a piece doubled, left out or zeroed. */
export function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  let result: Uint8Array = Uint8Array.from(bytes);
  for (let count = 1 + Math.floor(random() * 4); count > 0; count -= 1)
    result = changeOnce(result, random);
  return result;
}

function changeOnce(bytes: Uint8Array, random: Random): Uint8Array {
  const at = (): number => Math.floor(random() * bytes.length);
  const start = at();
  const end = Math.min(bytes.length, start + Math.floor(random() ** 3 * bytes.length));
  const [before, piece, after] = [
    bytes.subarray(0, start),
    bytes.subarray(start, end),
    bytes.subarray(end),
  ];
  switch (Math.floor(random() * 7)) {
    case 0:
      return before;
    case 1:
      return Buffer.concat([before, JUNK[Math.floor(random() * JUNK.length)] ?? piece, after]);
    case 2:
      return Buffer.concat([before, piece, piece, after]);
    case 3:
      return Buffer.concat([before, after]);
    case 4:
      return Buffer.concat([before, Buffer.alloc(piece.length), after]);
    default:
      for (let count = 1 + Math.floor(random() * 16); count > 0; count -= 1) {
        const place = at();
        bytes[place] = (bytes[place] ?? 0) ^ (1 << Math.floor(random() * 8));
      }
      return bytes;
  }
}

/** A container with one part changed, so that the change comes through to what reads the part. */
export function mutatePart(bytes: Uint8Array, random: Random): Uint8Array {
  try {
    const parts = unzipSync(bytes);
    const names = Object.keys(parts).filter((name) => /\.(?:xml|rels|opf|x?html)$/.test(name));
    const name = names[Math.floor(random() * names.length)] ?? '';
    const part = parts[name];
    if (part === undefined) return mutate(bytes, random);
    return zipSync({ ...parts, [name]: mutate(part, random) }, { level: 1 });
  } catch {
    return mutate(bytes, random);
  }
}
