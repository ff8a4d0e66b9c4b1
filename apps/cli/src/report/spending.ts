/** `12.3k`, `1.2M`: tokens for people. */
export function tokens(number: number): string {
  if (number < 1000) return String(number);
  if (number < 999_950) return `${(number / 1000).toFixed(1)}k`;
  return `${(number / 1_000_000).toFixed(1)}M`;
}

/** `$0.0042`, `$1.50`: dollars for people, a cent and less with more places. */
export function cost(amount: number): string {
  if (amount === 0) return '$0';
  return `$${amount.toFixed(amount < 0.1 ? 4 : 2)}`;
}

interface Spent {
  readonly usage: { readonly inputTokens: number; readonly outputTokens: number };
  readonly dollars: number;
  readonly unpriced: number;
}

/** `12.3k tokens, $0.04`; of prices that are not known nothing is said to be free. */
export function spending({ usage, dollars, unpriced }: Spent): string {
  const count = `${tokens(usage.inputTokens + usage.outputTokens)} tokens`;
  if (unpriced === 0) return `${count}, ${cost(dollars)}`;
  return dollars === 0 ? `${count}, cost unknown` : `${count}, more than ${cost(dollars)}`;
}
