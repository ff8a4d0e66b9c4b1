/**
 * The ladder of structured output: json_schema, json_object with the schema in the prompt, plain text.
 *
 * 1. A rung is left when the endpoint refuses the request on it, or when the answer does not fit and no
 *    answer on that rung ever did: endpoints that do not know a format drop it without a word.
 * 2. The rung on which an answer fits is remembered; later requests start there.
 * 3. An answer that does not fit on a rung that has proved itself is the model's failing, not the
 *    rung's: it does not cost the rung.
 * 4. An answer that was cut off says nothing about the rung.
 */
import { LanguageModelError } from '../error.ts';
import type { Rung } from '../providers.ts';

/** What became of one answer. */
export type Outcome<T> =
  | { readonly kind: 'fits'; readonly value: T }
  | { readonly kind: 'cut-off'; readonly value: T }
  | { readonly kind: 'unfit'; readonly error: LanguageModelError };

export interface Ladder {
  /** The rung that the next request starts on. */
  readonly rung: Rung;
  /** Asks rung by rung until an answer fits. Throws the error of the last rung. */
  climb<T>(ask: (rung: Rung) => Promise<Outcome<T>>): Promise<T>;
}

/** A ladder with the given rungs, best first; `plain` is always the last. */
export function createLadder(rungs: readonly Rung[]): Ladder {
  let current = 0;
  let proved = false;

  const remember = (at: number, refusedAbove: boolean): void => {
    if (proved && !refusedAbove) return;
    current = proved ? Math.max(current, at) : at;
    proved = true;
  };

  return {
    get rung() {
      return rungs[current] ?? 'plain';
    },
    async climb(ask) {
      let refused = false;
      for (let at = current; ; at += 1) {
        const last = at >= rungs.length - 1;
        // oxlint-disable-next-line no-await-in-loop -- the next rung is asked when this one fails
        const outcome = await ask(rungs[at] ?? 'plain').catch((error: unknown) => {
          if (last || !isRefusal(error)) throw error;
          refused = true;
          return undefined;
        });
        if (!outcome) continue;
        if (outcome.kind === 'unfit') {
          if (last || (proved && at === current)) throw outcome.error;
          continue;
        }
        if (outcome.kind === 'fits') remember(at, refused);
        return outcome.value;
      }
    },
  };
}

function isRefusal(error: unknown): boolean {
  return error instanceof LanguageModelError && error.code === 'request-refused';
}
