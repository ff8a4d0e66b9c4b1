/** Bytes of the greatest number. */
const LONGEST = 5;

/** Whole numbers from 0 on as bytes, seven bits each, lowest first: small numbers are short. */
export class VarintWriter {
  #bytes = new Uint8Array(1 << 12);
  length = 0;

  /** Writes pairs, given one behind the other; the first of each, which ascend, as the distance from that of the pair before. */
  writePairs(pairs: ArrayLike<number>): void {
    this.#reserve(pairs.length * LONGEST);
    const bytes = this.#bytes;
    let at = this.length;
    let last = 0;
    for (let i = 0; i < pairs.length; i += 1) {
      const value = pairs[i] ?? 0;
      let rest = i % 2 === 0 ? value - last : value;
      if (i % 2 === 0) last = value;
      for (; rest > 0x7f; rest >>>= 7, at += 1) bytes[at] = (rest & 0x7f) | 0x80;
      bytes[at] = rest;
      at += 1;
    }
    this.length = at;
  }

  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }

  #reserve(more: number): void {
    if (this.length + more <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.length + more));
    larger.set(this.#bytes.subarray(0, this.length));
    this.#bytes = larger;
  }
}

/** Reads what `VarintWriter` wrote, from `position` on. */
export class VarintReader {
  readonly #bytes: Uint8Array;
  position: number;

  constructor(bytes: Uint8Array, position = 0) {
    this.#bytes = bytes;
    this.position = position;
  }

  read(): number {
    let value = 0;
    for (let shift = 0; shift < 32; shift += 7) {
      const byte = this.#bytes[this.position] ?? 0;
      this.position += 1;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    return value >>> 0;
  }
}
