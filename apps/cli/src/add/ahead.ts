/** The value of a promise, or why there is none: may wait until somebody asks. */
export type Settled<T> = { readonly value: T } | { readonly error: unknown };

export interface Ahead<T> {
  /** The result of item `index`, which is begun with those after it if it was not yet. */
  take(index: number): Promise<Settled<T>>;
  /** What was begun and not taken, when it has come to its end. */
  rest(): Promise<readonly Settled<T>[]>;
}

/**
 * Begins work on the items in their order, at most `jobs` ahead of what was taken: the item that is asked for
 * counts as one.
 */
export function workAhead<I, T>(
  items: readonly I[],
  jobs: number,
  begin: (item: I) => Promise<T>,
): Ahead<T> {
  const begun = new Map<number, Promise<Settled<T>>>();
  let next = 0;
  const settle = async (item: I): Promise<Settled<T>> => {
    try {
      return { value: await begin(item) };
    } catch (error) {
      return { error };
    }
  };
  return {
    async take(index) {
      for (; next < Math.min(items.length, index + jobs); next += 1)
        begun.set(next, settle(items[next] as I));
      const result = await begun.get(index);
      begun.delete(index);
      if (result === undefined) throw new Error(`item ${index} was taken twice`);
      return result;
    },
    rest: () => Promise.all(begun.values()),
  };
}
