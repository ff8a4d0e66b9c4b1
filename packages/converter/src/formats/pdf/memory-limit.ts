/**
 * How much memory a WebAssembly program may take stands in the program itself (WebAssembly Core
 * Specification, binary format, section 5): its memory section states the pages it begins with and the
 * most that it may have. This writes a lower number there.
 */

const PAGE = 65_536;
const HEADER = 8;
const MEMORY_SECTION = 5;
const HAS_MAXIMUM = 1;

/** Changes the program in place. A program without a memory section, or without a maximum, stays as it is. */
export function limitMemory(program: Uint8Array, bytes: number): void {
  const section = memorySection(program);
  if (section === undefined) return;
  // one memory: the count, the flags, the minimum, the maximum
  const flags = readNumber(program, readNumber(program, section).end);
  if (flags.value !== HAS_MAXIMUM) return;
  const minimum = readNumber(program, flags.end);
  const maximum = readNumber(program, minimum.end);
  const pages = Math.min(maximum.value, Math.max(minimum.value, Math.floor(bytes / PAGE)));
  writeNumber(program.subarray(minimum.end, maximum.end), pages);
}

function memorySection(program: Uint8Array): number | undefined {
  for (let at = HEADER; at < program.length;) {
    const size = readNumber(program, at + 1);
    if (program[at] === MEMORY_SECTION) return size.end;
    at = size.end + size.value;
  }
  return undefined;
}

/** A number in LEB128, seven bits a byte, and where it ends. */
function readNumber(program: Uint8Array, start: number): { value: number; end: number } {
  let value = 0;
  for (let at = start; ; at += 1) {
    const byte = program[at] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * (at - start));
    if (byte < 0x80) return { value, end: at + 1 };
  }
}

/** Fills all of `place`: a number may have more bytes than it needs. */
function writeNumber(place: Uint8Array, value: number): void {
  let rest = value;
  for (let at = 0; at < place.length; at += 1) {
    place[at] = (rest & 0x7f) | (at < place.length - 1 ? 0x80 : 0);
    rest >>>= 7;
  }
}
