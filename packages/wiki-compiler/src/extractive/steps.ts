/**
 * Long work in steps: a generator that yields where others may be let run. The same work is done at
 * once by `finish` and with pauses by `paced`.
 */

/** Work that yields between steps and returns its result. */
export type Steps<T> = Generator<void, T, void>;

/** Lets others run: timers, signals, input. Rejects when the work is to end. */
export type Breathe = () => Promise<void>;

/** Characters of text that one step looks at. */
const STEP = 50_000;

/** Does the work without a pause. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const next = steps.next();
    if (next.done === true) return next.value;
  }
}

/** Does the work with a pause wherever it yields. */
export async function paced<T>(steps: Steps<T>, breathe: Breathe): Promise<T> {
  for (;;) {
    const next = steps.next();
    if (next.done === true) return next.value;
    // oxlint-disable-next-line no-await-in-loop -- a pause in the work is what is wanted
    await breathe();
  }
}

/** Visits all items; yields whenever those since the last pause are as long as a step. */
export function* eachInSteps<T>(
  items: Iterable<T>,
  length: (item: T) => number,
  visit: (item: T) => void,
): Steps<void> {
  let done = 0;
  for (const item of items) {
    visit(item);
    // an item costs something even when it is empty
    done += length(item) + 10;
    if (done < STEP) continue;
    done = 0;
    yield;
  }
}

/** The length of what has a text. */
export function textLength({ text }: { readonly text: string }): number {
  return text.length;
}

/** A pause that timers, signals and input get their turn in; rejects with the reason of an aborted signal. */
export function breather(signal: AbortSignal | undefined): Breathe {
  return async () => {
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
  };
}
