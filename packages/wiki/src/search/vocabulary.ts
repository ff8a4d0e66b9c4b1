import { GrowingNumbers } from './growing-numbers.ts';

/** The number of a word that is not there. */
export const UNKNOWN = -1;

/**
 * Words with numbers from 0 on, in the order in which they were added. A word is looked up where it stands in a
 * text: no string is made of it, which is most of the cost of counting the words of a text.
 */
export class Vocabulary {
  /** Number + 1 by hash, 0 for none; open addressing, a power of two, at most half full. */
  #slots = new Int32Array(1 << 12);
  #units = new Uint16Array(1 << 14);
  /** By number: where its units end, and its hash. */
  readonly #ends = new GrowingNumbers();
  readonly #hashes = new GrowingNumbers();

  get size(): number {
    return this.#ends.length;
  }

  /** The number of `text.slice(start, end)`, which is added where it is not there. */
  numberOf(text: string, start: number, end: number): number {
    const slot = this.#slotOf(text, start, end);
    const found = (this.#slots[slot] ?? 0) - 1;
    return found === UNKNOWN ? this.#add(slot, text, start, end) : found;
  }

  /** The number of `text.slice(start, end)`, or `UNKNOWN`. */
  find(text: string, start: number, end: number): number {
    return (this.#slots[this.#slotOf(text, start, end)] ?? 0) - 1;
  }

  word(number: number): string {
    const units = this.#units.subarray(this.#startOf(number), this.#ends.at(number));
    return String.fromCharCode(...units);
  }

  #startOf(number: number): number {
    return number === 0 ? 0 : this.#ends.at(number - 1);
  }

  #slotOf(text: string, start: number, end: number): number {
    const mask = this.#slots.length - 1;
    const wanted = hash(text, start, end);
    let slot = wanted & mask;
    for (;;) {
      const number = (this.#slots[slot] ?? 0) - 1;
      if (number === UNKNOWN) return slot;
      if (this.#hashes.at(number) === wanted && this.#is(number, text, start, end)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #is(number: number, text: string, start: number, end: number): boolean {
    let unit = this.#startOf(number);
    if (this.#ends.at(number) - unit !== end - start) return false;
    const units = this.#units;
    for (let at = start; at < end; at += 1, unit += 1)
      if (units[unit] !== text.charCodeAt(at)) return false;
    return true;
  }

  #add(slot: number, text: string, start: number, end: number): number {
    const number = this.size;
    const from = number === 0 ? 0 : this.#ends.at(number - 1);
    while (from + end - start > this.#units.length) {
      const larger = new Uint16Array(this.#units.length * 2);
      larger.set(this.#units);
      this.#units = larger;
    }
    for (let at = start; at < end; at += 1) this.#units[from + at - start] = text.charCodeAt(at);
    this.#ends.push(from + end - start);
    this.#hashes.push(hash(text, start, end));
    this.#slots[slot] = number + 1;
    if (this.size * 2 > this.#slots.length) this.#grow();
    return number;
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2);
    const mask = this.#slots.length - 1;
    for (let number = 0; number < this.size; number += 1) {
      let slot = this.#hashes.at(number) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = number + 1;
    }
  }
}

/** FNV-1a over the code units, mixed so that its low bits depend on all. */
function hash(text: string, start: number, end: number): number {
  let value = 0x811c9dc5;
  for (let at = start; at < end; at += 1)
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return (value ^ (value >>> 15)) >>> 0;
}
