/** Whole numbers from 0 to 2³² - 1, as many as are pushed, four bytes each. */
export class GrowingNumbers {
  #numbers = new Uint32Array(1 << 10);
  length = 0;

  push(number: number): void {
    if (this.length === this.#numbers.length) {
      const larger = new Uint32Array(this.length * 2);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[this.length] = number;
    this.length += 1;
  }

  at(place: number): number {
    return this.#numbers[place] ?? 0;
  }

  /** A view, good until the next push. */
  view(): Uint32Array {
    return this.#numbers.subarray(0, this.length);
  }
}
