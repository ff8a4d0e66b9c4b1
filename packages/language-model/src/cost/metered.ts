import type { LanguageModel, Usage } from '../model.ts';
import { addUsage, NO_USAGE } from '../usage.ts';

/** What was spent. */
export interface Spending {
  readonly usage: Usage;
  /** US dollars of the requests whose price is known. */
  readonly dollars: number;
  /** Requests whose price is not known, or whose provider reported no tokens: they are not in `dollars`. */
  readonly unpriced: number;
}

export interface MeterOptions {
  /** Dollars of one answer; `undefined`: not known. See `PriceBook.costOf`. */
  readonly costOf?: ((usage: Usage) => number | undefined) | undefined;
  /**
   * Called before each request with what was spent so far; what it throws is thrown to the caller. Requests
   * that are under way at once do not know of each other's cost.
   */
  readonly allow?: ((spent: Spending) => void) | undefined;
}

/** Knows what was spent through it. */
export interface Meter {
  spent(): Spending;
}

export type MeteredModel = LanguageModel & Meter;

/**
 * The same model with a meter of its own: one for a document, around one for the command. Counts each
 * answer when it comes, also those that were not accepted and those of requests that failed in the end.
 */
export function metered<M extends LanguageModel>(model: M, options: MeterOptions = {}): M & Meter {
  const { costOf = () => undefined, allow } = options;
  let spent: Spending = { usage: NO_USAGE, dollars: 0, unpriced: 0 };

  const note = (usage: Usage): void => {
    const dollars = usage.unreported > 0 ? undefined : usage.requests === 0 ? 0 : costOf(usage);
    spent = {
      usage: addUsage(spent.usage, usage),
      dollars: spent.dollars + (dollars ?? 0),
      unpriced: spent.unpriced + (dollars === undefined ? usage.requests : 0),
    };
  };
  const asking = <R extends { readonly onUsage?: ((usage: Usage) => void) | undefined }>(
    request: R,
  ): R => {
    allow?.(spent);
    const onUsage = (usage: Usage): void => {
      note(usage);
      request.onUsage?.(usage);
    };
    return { ...request, onUsage };
  };

  return {
    ...model,
    usage: () => spent.usage,
    spent: () => spent,
    generate: async (request) => model.generate(asking(request)),
    stream: async (request) => model.stream(asking(request)),
  };
}
