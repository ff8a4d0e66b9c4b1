/**
 * Works on items, at most `limit` at the same time, and gives the results in the order of the items, whatever
 * the order of arrival. Rejects with the first error once the work that is under way has ended. `stop` is asked
 * before an item is begun; an item that is not begun has no result.
 */
export async function inOrder<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T, index: number) => Promise<R>,
  stop: () => boolean = () => false,
): Promise<(R | undefined)[]> {
  const results: (R | undefined)[] = items.map(() => undefined);
  const errors: { readonly index: number; readonly error: unknown }[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length && errors.length === 0 && !stop()) {
      const index = next;
      next += 1;
      try {
        // oxlint-disable-next-line no-await-in-loop -- one after the other is what a worker does
        results[index] = await work(items[index] as T, index);
      } catch (error) {
        errors.push({ index, error });
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  const [first] = errors.toSorted((a, b) => a.index - b.index);
  if (first !== undefined) throw first.error;
  return results;
}
