/**
 * The bytes of one version of a file, never changed once made.
 *
 * A store is written at each position once, in ascending order: `used` is how far. Versions that
 * differ by appends therefore share one store, each seeing its own `length` of it; whatever else
 * changes bytes makes a new store. Copying a content is copying a reference.
 */
interface Store {
  readonly array: Uint8Array;
  used: number;
}

function allocate(capacity: number): Store {
  return { array: new Uint8Array(Math.max(64, (capacity + 7) & ~7)), used: 0 };
}

export class Content {
  readonly length: number;
  readonly #store: Store;
  #hash: number | undefined;

  static readonly empty = new Content({ array: new Uint8Array(0), used: 0 }, 0);

  private constructor(store: Store, length: number) {
    this.#store = store;
    this.length = length;
  }

  /** A copy of the bytes. */
  static of(bytes: Uint8Array): Content {
    return bytes.length === 0 ? Content.empty : Content.empty.write(0, bytes);
  }

  /** This with `bytes` at `position`; a hole before it is filled with zeros. */
  write(position: number, bytes: Uint8Array): Content {
    if (bytes.length === 0) return this;
    const end = position + bytes.length;
    const length = Math.max(this.length, end);
    let store = this.#store;
    const appends = position >= this.length && store.used === this.length;
    if (!appends || end > store.array.length) {
      store = allocate(length === end ? length * 2 : length);
      store.array.set(this.view());
    }
    store.array.set(bytes, position);
    store.used = length;
    return new Content(store, length);
  }

  /** This cut or extended with zeros to `size` bytes. */
  resize(size: number): Content {
    if (size <= this.length) return size === this.length ? this : new Content(this.#store, size);
    return this.write(this.length, new Uint8Array(size - this.length));
  }

  /** The bytes themselves, not to be changed by whoever looks. */
  view(): Uint8Array {
    return this.#store.array.subarray(0, this.length);
  }

  equals(other: Content): boolean {
    if (this.length !== other.length) return false;
    return this.#store === other.#store || Buffer.compare(this.view(), other.view()) === 0;
  }

  /**
   * The positions, from and to, outside of which the two hold the same bytes; what lies beyond the
   * end of `other` counts as different. Empty (`from === to`) when this is `other` or a part of it.
   */
  difference(other: Content): { from: number; to: number } {
    const common = Math.min(this.length, other.length);
    const left = this.view();
    const right = other.view();
    let from = 0;
    if (this.#store === other.#store) from = common;
    else while (from < common && left[from] === right[from]) from += 1;
    let to = this.length;
    if (to <= other.length) while (to > from && left[to - 1] === right[to - 1]) to -= 1;
    return { from, to };
  }

  /** 53 bits of the bytes and their number; computed once. */
  hash(): number {
    this.#hash ??= hashOf(this.#store.array, this.length);
    return this.#hash;
  }
}

function hashOf(array: Uint8Array, length: number): number {
  let low = length ^ 0x9e3779b9;
  let high = length ^ 0x7f4a7c15;
  const words = new Uint32Array(array.buffer, 0, length >> 2);
  for (const word of words) {
    low = Math.imul(low ^ word, 0x85ebca6b);
    low ^= low >>> 15;
    high = Math.imul(high ^ word, 0xc2b2ae35);
    high = (high << 13) | (high >>> 19);
  }
  for (let position = length & ~3; position < length; position += 1) {
    low = Math.imul(low ^ (array[position] ?? 0), 0x85ebca6b);
    low ^= low >>> 15;
    high = Math.imul(high ^ (array[position] ?? 0), 0xc2b2ae35);
    high = (high << 13) | (high >>> 19);
  }
  low = Math.imul(low ^ (low >>> 16), 0x2c1b3c6d);
  high = Math.imul(high ^ (high >>> 16), 0x297a2d39);
  return (low >>> 0) * 0x200000 + ((high ^ (high >>> 15)) & 0x1fffff);
}
