/**
 * Which phrases occur more than once, in a few bytes a phrase instead of a text: nearly all phrases of a
 * long document occur once, and a table of their texts would be larger than the document.
 */

/** Least and most counters: each is a byte. */
const LEAST = 1 << 12;
const MOST = 1 << 24;

export class PhraseCounts {
  readonly #counters: Uint8Array;
  readonly #numbers = new Map<string, number>();

  /** @param phrases about how many will be counted */
  constructor(phrases: number) {
    let size = LEAST;
    while (size < MOST && size < phrases * 4) size *= 2;
    this.#counters = new Uint8Array(size);
  }

  /** Continues the number of a phrase by a word in front of it; 0 is that of no words. */
  extend(number: number, word: string): number {
    let own = this.#numbers.get(word);
    if (own === undefined) {
      own = Math.imul(this.#numbers.size + 1, 0x9e3779b1);
      this.#numbers.set(word, own);
    }
    const mixed = Math.imul(number ^ (number >>> 15), 0x85ebca6b) + own;
    return (mixed ^ (mixed >>> 13)) >>> 0;
  }

  count(number: number): void {
    const place = number & (this.#counters.length - 1);
    if ((this.#counters[place] ?? 0) < 2) this.#counters[place] = (this.#counters[place] ?? 0) + 1;
  }

  /** False for a phrase that was counted once; true for one counted more often, and for few others. */
  mayRecur(number: number): boolean {
    return (this.#counters[number & (this.#counters.length - 1)] ?? 0) > 1;
  }
}
